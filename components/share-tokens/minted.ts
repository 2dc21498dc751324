import type { MintRule } from "@/domain/agreements/ceilings";
import type { ErrorCode } from "@/domain/errors";
import type { SessionKind } from "@/domain/sessions/rules";
import type { ShareTerms } from "@/domain/share-tokens/terms";

/** Another company's application, as the issuer may know it. */
export type Receiver = {
  id: string;
  name: string;
  organisationName: string;
  environment: "sandbox" | "live";
};

/** What the dialog needs to know before it asks. */
export type MintContext = {
  applicationId: string;
  environment: "sandbox" | "live";
  partners: Receiver[];
  /** What a mint for each partner is held to. */
  rules: MintRule[];
  publicUrl: string;
};

export type MintedRow = {
  ok: true;
  id: string;
  /** Null when it was handed over by the receiver's inbox: nobody here has to see it. */
  token: string | null;
  claims: Record<string, unknown>;
  /** Null when everything is shared. */
  terms: ShareTerms | null;
  sessionId: string;
  sessionNumber: number;
  sessionKind: SessionKind;
  expiresAt: Date;
};

/** `shared_back`: the receiver stands in the chain the session came through. `nothing_shared`: all of it was left out. */
export type RefusalCode = ErrorCode | "shared_back" | "nothing_shared";
export type RefusedRow = { ok: false; sessionId: string; code: RefusalCode };
export type MintedBatch = {
  receiver: Receiver;
  publicUrl: string;
  results: (MintedRow | RefusedRow)[];
};

/** What the receiver runs: only the token is real, the key and the workflow are theirs. */
export function importCommand(publicUrl: string, token: string): string {
  const body = JSON.stringify({ share_token: token, workflow_id: "YOUR_WORKFLOW_ID", trust_review: false }, null, 2);
  return [
    `curl -X POST ${publicUrl}/v3/session/import-shared/ \\`,
    '  -H "x-api-key: YOUR_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${body}'`,
  ].join("\n");
}

const CSV_COLUMNS = [
  "session_number",
  "session_id",
  "session_kind",
  "for_application_id",
  "for_application",
  "expires_at",
  "share_token",
  "refused_because",
];

/** RFC 4180. A cell that a spreadsheet would run as a formula is prefixed with a quote mark. */
export function csvOf(batch: MintedBatch, numberOf: (sessionId: string) => number | null): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const { receiver } = batch;
  const to = `${receiver.organisationName}: ${receiver.name}`;
  const lines = batch.results.map((row) =>
    row.ok
      ? [
          row.sessionNumber,
          row.sessionId,
          row.sessionKind,
          receiver.id,
          to,
          row.expiresAt.toISOString(),
          row.token ?? "",
          "",
        ]
      : [numberOf(row.sessionId), row.sessionId, "", receiver.id, to, "", "", row.code],
  );
  return [CSV_COLUMNS, ...lines]
    .map((line) => line.map(cell).join(","))
    .join("\r\n")
    .concat("\r\n");
}

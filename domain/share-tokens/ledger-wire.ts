import { z } from "zod";
import { csvRow } from "../csv";
import { KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import type { LedgerFilter, LedgerRow, TokenEventRow } from "./ledger-list";
import { ISSUED_STATES, LEDGER_MARKS, LEDGER_SIDES, PRESENTED_STATES, TOKEN_EVENTS } from "./ledger-rules";
import { TermsAnswer } from "./terms";

/** How the ledger is asked, over the API. */
export const LedgerQuery = z.object({
  side: z.enum(LEDGER_SIDES).default("issuer").describe("Tokens that you minted, or that were presented to you."),
  state: z
    .enum(LEDGER_MARKS)
    .optional()
    .describe(
      "Where a token stands, or (`was_…`) what has ever happened to it. What a side does not know selects nothing.",
    ),
  partner_application_id: z.uuid().optional(),
  session_id: z.uuid().optional().describe("Yours: the shared one, or what a token became."),
  from: z.iso.datetime({ offset: true }).optional().describe("Minted, or first presented, at this moment or after."),
  before: z.iso.datetime({ offset: true }).optional(),
});

export function filterOf(query: z.output<typeof LedgerQuery>): LedgerFilter {
  return {
    side: query.side,
    ...(query.state && { mark: query.state }),
    ...(query.partner_application_id && { partnerApplicationId: query.partner_application_id }),
    ...(query.session_id && { session: { id: query.session_id } }),
    ...(query.from && { from: new Date(query.from) }),
    ...(query.before && { before: new Date(query.before) }),
  };
}

const ACTOR_KINDS = ["member", "api_key", "system", "partner"] as const;

export const WireTokenEvent = z.object({
  event: z.enum([...TOKEN_EVENTS, "expired"]),
  at: z.string(),
  by: z
    .object({ kind: z.enum(ACTOR_KINDS), name: z.string().nullable() })
    .nullable()
    .describe("Who did it; `partner` is somebody of the other application. Null for what the clock did."),
  ip: z.string().nullable().describe("Where from, when it was somebody of this application."),
  code: z.string().nullable().describe("Why it was refused, how far a revocation went, by what way it was delivered."),
  partner_application_id: z.uuid(),
});

export const WireLedgerToken = z.object({
  side: z.enum(LEDGER_SIDES),
  share_token_id: z.uuid(),
  state: z.enum([...new Set([...ISSUED_STATES, ...PRESENTED_STATES])]),
  session_kind: z.enum(KINDS),
  session_id: z.uuid().nullable().describe("Yours: the shared one, or what the token became. Null when there is none."),
  session_number: z.int().nullable(),
  source_session_id: z.uuid().describe("The issuer's."),
  partner_application_id: z.uuid(),
  partner: z.string().nullable(),
  minted_at: z.string().nullable().describe("On the issuer's side."),
  presented_at: z.string().nullable().describe("On the receiver's side, for the first time."),
  expires_at: z.string(),
  share: TermsAnswer.nullable().describe("What is left out; null when nothing is."),
  events: z.array(WireTokenEvent).describe("Oldest first."),
});

type WireEvent = z.input<typeof WireTokenEvent>;

/** Nobody writes down that a token expired; whoever asks after that is told when it did. */
export function historyOf(row: LedgerRow, events: readonly TokenEventRow[]): WireEvent[] {
  const told = events.map(
    (event): WireEvent => ({
      event: event.event,
      at: isoSeconds(event.at),
      by: { kind: event.actorKind, name: event.actorLabel },
      ip: event.ip,
      code: event.code,
      partner_application_id: event.partnerApplicationId,
    }),
  );
  if (row.state !== "expired") return told;
  const later = events.findIndex((event) => event.at > row.expiresAt);
  told.splice(later === -1 ? told.length : later, 0, {
    event: "expired",
    at: isoSeconds(row.expiresAt),
    by: null,
    ip: null,
    code: null,
    partner_application_id: row.partnerApplicationId,
  });
  return told;
}

export function toLedgerToken(row: LedgerRow, events: readonly TokenEventRow[]): z.input<typeof WireLedgerToken> {
  const at = isoSeconds(row.at);
  return {
    side: row.side,
    share_token_id: row.id,
    state: row.state,
    session_kind: row.sessionKind,
    session_id: row.session?.id ?? null,
    session_number: row.session?.number ?? null,
    source_session_id: row.sourceSessionId,
    partner_application_id: row.partnerApplicationId,
    partner: row.partner && `${row.partner.organisationName} · ${row.partner.name}`,
    minted_at: row.side === "issuer" ? at : null,
    presented_at: row.side === "receiver" ? at : null,
    expires_at: isoSeconds(row.expiresAt),
    share: row.terms,
    events: historyOf(row, events),
  };
}

const CSV_COLUMNS = [
  "side",
  "share_token_id",
  "state",
  "session_kind",
  "session_id",
  "session_number",
  "source_session_id",
  "partner_application_id",
  "partner",
  "expires_at",
  "event",
  "at",
  "by_kind",
  "by",
  "ip",
  "code",
  "event_partner_application_id",
] as const;

export const CSV_HEADER = csvRow(CSV_COLUMNS);

/** One line per event, so that a token's history is its lines. */
export function csvOf(row: LedgerRow, events: readonly TokenEventRow[]): string {
  const token = toLedgerToken(row, events);
  const of = [
    token.side,
    token.share_token_id,
    token.state,
    token.session_kind,
    token.session_id,
    token.session_number,
    token.source_session_id,
    token.partner_application_id,
    token.partner,
    token.expires_at,
  ];
  return token.events
    .map(({ event, at, by, ip, code, partner_application_id }) =>
      csvRow([...of, event, at, by?.kind ?? null, by?.name ?? null, ip, code, partner_application_id]),
    )
    .join("");
}

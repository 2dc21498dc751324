import { z } from "zod";
import { DOCUMENT_TYPE_LABELS, type DOCUMENT_TYPES, type SessionKind } from "../sessions/rules";

/** Contract section 4.8. Two more types exist there, of things that are not sessions: they are not taken here. */
export const IMPORT_TYPES = ["user_verification", "business_verification"] as const;
export type ImportType = (typeof IMPORT_TYPES)[number];
export const SOURCE_FORMATS = ["csv", "ndjson"] as const;
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

export const kindOf = (type: ImportType): SessionKind => (type === "user_verification" ? "user" : "business");

export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;
export const MAX_ROWS = 100_000;
export const ROWS_AT_ONCE = 100;

export const FAILURES = [
  "address_refused",
  "source_unreachable",
  "source_refused",
  "source_too_large",
  "source_changed",
  "source_not_readable",
  "too_many_rows",
  "no_rows",
  "workflow_gone",
] as const;
export type Failure = (typeof FAILURES)[number];

export const FAILURE_SENTENCES: Record<Failure, string> = {
  address_refused: "The file's address is not on the public internet.",
  source_unreachable: "The file's server could not be reached, or did not answer in time.",
  source_refused: "The file's server did not answer with 200.",
  source_too_large: `The file may have at most ${MAX_SOURCE_BYTES / 1024 / 1024} MB.`,
  source_changed: "The file is another one than when the import began. Start a new import.",
  source_not_readable: "The file cannot be read in the format that was named.",
  too_many_rows: `A file may have at most ${MAX_ROWS} rows. Split it.`,
  no_rows: "The file has no rows.",
  workflow_gone: "The workflow is not there any more.",
};

const COMMON = ["session_id", "provider", "status", "vendor_data", "created_at", "comment"] as const;
export const COLUMNS: Record<ImportType, readonly string[]> = {
  user_verification: [
    ...COMMON,
    "first_name",
    "last_name",
    "full_name",
    "date_of_birth",
    "gender",
    "nationality",
    "issuing_state",
    "document_type",
    "document_number",
    "personal_number",
    "date_of_issue",
    "expiration_date",
    "place_of_birth",
    "address",
    "email",
    "phone",
  ],
  business_verification: [
    ...COMMON,
    "company_name",
    "registration_number",
    "country_code",
    "company_type",
    "tax_number",
    "registry_status",
    "incorporation_date",
    "registered_address",
    "website",
    "email",
    "phone",
  ],
};

const EXAMPLES: Record<ImportType, Record<string, string>> = {
  user_verification: {
    session_id: "old-000117",
    provider: "Former vendor",
    status: "Approved",
    vendor_data: "customer-000117",
    created_at: "2025-03-04T09:30:00Z",
    first_name: "Mira",
    last_name: "Vela Ortun",
    date_of_birth: "1991-04-09",
    gender: "F",
    nationality: "ESP",
    issuing_state: "ESP",
    document_type: "ID",
    document_number: "XQ0004217",
    expiration_date: "2032-04-09",
    email: "mira@mail.example",
    phone: "+34600111222",
  },
  business_verification: {
    session_id: "old-b-0042",
    provider: "Former vendor",
    status: "Approved",
    vendor_data: "company-0042",
    created_at: "2025-03-04T09:30:00Z",
    company_name: "Arbola Tools SL",
    registration_number: "B00042170",
    country_code: "ES",
    company_type: "SL",
    incorporation_date: "2019-03-04",
    registered_address: "Gran Via 1, Bilbao",
  },
};

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A CSV to fill in: the columns, and one row that is an example. */
export function templateOf(type: ImportType): string {
  const columns = COLUMNS[type];
  const example = columns.map((column) => cell(EXAMPLES[type][column] ?? ""));
  return `${columns.join(",")}\r\n${example.join(",")}\r\n`;
}

const NAMES_OF_BLOCKS = /_(verifications|checks|matches|screenings|validations|analyses|responses)$/;

/** A row as a decision in the contract's shape; a line that is one already stays as it is. */
export function decisionOf(type: ImportType, row: Record<string, unknown>): Record<string, unknown> {
  if ("session_kind" in row || Object.keys(row).some((key) => NAMES_OF_BLOCKS.test(key))) {
    return { session_kind: kindOf(type), ...row };
  }
  const text = (name: string) => {
    const value = row[name];
    const trimmed = typeof value === "string" ? value.trim() : value;
    return trimmed === "" || trimmed === undefined ? null : trimmed;
  };
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text(name)]));
  const status = typeof text("status") === "string" ? stepStatus(text("status") as string) : "In Review";
  const step = (nodeId: string, fields: Record<string, unknown>) => [
    { node_id: nodeId, status, warnings: [], ...fields },
  ];
  const contact = { email: text("email"), phone: text("phone") };
  const common = {
    session_id: text("session_id"),
    session_kind: kindOf(type),
    status: text("status"),
    vendor_data: text("vendor_data"),
    created_at: withTime(text("created_at")),
    metadata: text("provider") ? { provider: text("provider") } : null,
    contact_details: contact.email || contact.phone ? contact : null,
    reviews: text("comment")
      ? [
          {
            user: "Unknown",
            new_status: text("status"),
            comment: text("comment"),
            created_at: withTime(text("created_at")),
          },
        ]
      : null,
  };
  if (type === "business_verification") {
    const company = pick(COLUMNS.business_verification.slice(COMMON.length));
    return {
      ...common,
      registry_checks: step("feature_kyb_registry", { company: { ...company, is_from_registry: false } }),
    };
  }
  const fields = pick(
    COLUMNS.user_verification.slice(COMMON.length).filter((name) => name !== "email" && name !== "phone"),
  );
  const code = String(fields.document_type ?? "").toUpperCase() as (typeof DOCUMENT_TYPES)[number];
  return {
    ...common,
    id_verifications: step("feature_ocr", {
      ...fields,
      full_name: fields.full_name ?? ([fields.first_name, fields.last_name].filter(Boolean).join(" ") || null),
      document_type: DOCUMENT_TYPE_LABELS[code] ?? fields.document_type,
    }),
  };
}

const stepStatus = (status: string) => {
  const plain = status.toUpperCase().replaceAll(" ", "_");
  return plain === "APPROVED" ? "Approved" : plain === "DECLINED" ? "Declined" : "In Review";
};

/** A date alone is that day's beginning. */
const withTime = (value: unknown) =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;

/** Where in its row: a column's name rather than the place it has in a decision. */
export const columnOf = (path: string) => /([\w ]+)(\[\d+\])*$/.exec(path)?.[1] ?? path;

export const StartInput = z.object({
  sourceUrl: z.string().trim().min(1).max(4_000),
  importType: z.enum(IMPORT_TYPES),
  sourceFormat: z.enum(SOURCE_FORMATS),
  /** Absent: the default workflow of the kind. */
  workflowId: z.uuid().optional(),
});
export type StartInput = z.input<typeof StartInput>;

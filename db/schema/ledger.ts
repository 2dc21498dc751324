import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";

/** What happened, written in the transaction in which it happened. Holds ids and codes, never personal data. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    applicationId: tenant(),
    /** UUIDv7: ordered by time. */
    id: uuid().notNull(),
    at: instant().notNull().defaultNow(),
    actorKind: text({ enum: ["member", "api_key", "system", "applicant"] }).notNull(),
    actorId: text(),
    actorLabel: text().notNull(),
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    counterpartyApplicationId: uuid(),
    detail: jsonb().$type<Record<string, string | number | boolean | null>>().notNull(),
    requestId: text(),
    ip: text(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("audit_entries_of_subject").on(table.applicationId, table.subjectKind, table.subjectId, table.id),
    index("audit_entries_by_counterparty").on(table.applicationId, table.counterpartyApplicationId, table.id),
    index("audit_entries_by_action").on(table.applicationId, table.action, table.id),
  ],
);

/** Events that leave the transaction: to the application's own destinations, or (a relay) to another application's trail. */
export const outbox = pgTable(
  "outbox",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    type: text().notNull(),
    /** The application that must hear of it; null for the application's own destinations. */
    toApplicationId: uuid(),
    payload: jsonb().$type<Record<string, string | number | boolean | null>>().notNull(),
    createdAt: instant().notNull().defaultNow(),
    availableAt: instant().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    doneAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("outbox_due").on(table.applicationId, table.availableAt).where(sql`${table.doneAt} is null`),
  ],
);

/** The first answer to a request with an Idempotency-Key, replayed to its retries for 24 hours. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    applicationId: tenant(),
    caller: text().notNull(),
    key: text().notNull(),
    route: text().notNull(),
    requestDigest: bytea().notNull(),
    status: integer().notNull(),
    sealedAnswer: bytea().notNull(),
    /** The session that the answer tells about: erasing it takes the answer along. */
    sessionId: uuid(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.caller, table.route, table.key] }),
    index("idempotency_keys_of_session").on(table.applicationId, table.sessionId),
  ],
);

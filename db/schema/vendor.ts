import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";
import { sessions } from "./sessions";

/** Where an application's own verification vendor delivers its finished sessions, and how those messages are signed. */
export const vendorInboxes = pgTable(
  "vendor_inboxes",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    /** The vendor's name, as the trail shows it. */
    label: text().notNull(),
    /** Where sessions land, per kind; null: in the default workflow of that kind. */
    userWorkflowId: uuid(),
    businessWorkflowId: uuid(),
    enabled: boolean().notNull().default(true),
    sealedSecret: bytea().notNull(),
    /** The secret before the last rotation; it is accepted beside the present one until the overlap ends. */
    previousSealedSecret: bytea(),
    previousSecretUntil: instant(),
    lastReceivedAt: instant(),
    /** The last request that was turned away, and why: how a wrong secret is found. Not counted, only noted. */
    lastRefusedAt: instant(),
    lastRefusal: text(),
    createdByLabel: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    deletedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.id] })],
);

/** What a vendor has delivered. Ids, codes and times; what the message says is sealed beside it. */
export const vendorMessages = pgTable(
  "vendor_messages",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    inboxId: uuid().notNull(),
    /** The vendor's `event_id`; of a message without one, its digest. */
    eventId: text().notNull(),
    type: text(),
    kind: text({ enum: ["user", "business"] }),
    /** The vendor's own id of the session. */
    vendorReference: text(),
    /** The session's status as the message has it, in our spelling. */
    vendorStatus: text(),
    /** When it happened at the vendor: a later message is not undone by an earlier one. */
    happenedAt: instant().notNull(),
    /** Keyed digest of what stays the same when the vendor delivers a message again. */
    digest: bytea().notNull(),
    byteLength: integer().notNull(),
    signedWith: text({ enum: ["current", "previous"] }).notNull(),
    state: text({ enum: ["waiting", "brought_in", "updated", "acknowledged", "refused", "failed"] }).notNull(),
    /** Why it was acknowledged only, refused, or failed so far. */
    reason: text(),
    /** Where in the message, and what rule; never what it says there. */
    problems: jsonb().$type<{ path: string; message: string }[]>(),
    /** Ours, once it is there. A plain value: the session may be erased. */
    sessionId: uuid(),
    /** How often it was delivered again. */
    repeats: integer().notNull().default(0),
    /** Counted when work begins, so that what kills its worker comes to an end as well. Also tells a worker that it was overtaken. */
    tries: integer().notNull().default(0),
    dueAt: instant().notNull(),
    leasedUntil: instant(),
    receivedAt: instant().notNull().defaultNow(),
    finishedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("vendor_messages_once_per_event").on(table.applicationId, table.inboxId, table.eventId),
    // One probe per inbox finds what is due, however long its backlog is.
    index("vendor_messages_due")
      .on(table.applicationId, table.inboxId, table.dueAt, table.id)
      .where(sql`${table.state} = 'waiting'`),
    index("vendor_messages_of_inbox").on(table.applicationId, table.inboxId, table.id),
    index("vendor_messages_of_inbox_by_state").on(table.applicationId, table.inboxId, table.state, table.id),
    index("vendor_messages_of_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "vendor_messages_inbox",
      columns: [table.applicationId, table.inboxId],
      foreignColumns: [vendorInboxes.applicationId, vendorInboxes.id],
    }).onDelete("cascade"),
    check(
      "vendor_messages_state_known",
      sql`${table.state} in ('waiting', 'brought_in', 'updated', 'acknowledged', 'refused', 'failed')`,
    ),
  ],
);

/** The message as it arrived, byte for byte, sealed. Gone with the session that it is about. */
export const vendorBodies = pgTable(
  "vendor_bodies",
  {
    applicationId: tenant(),
    messageId: uuid().notNull(),
    sessionId: uuid(),
    sealedBody: bytea().notNull(),
    wrappedKey: bytea().notNull(),
    keyVersion: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.messageId] }),
    index("vendor_bodies_of_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "vendor_bodies_message",
      columns: [table.applicationId, table.messageId],
      foreignColumns: [vendorMessages.applicationId, vendorMessages.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "vendor_bodies_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
  ],
);

/** Which session of ours is which of an inbox's vendor. Stays when the session is erased: it must not come back by itself. */
export const vendorSessions = pgTable(
  "vendor_sessions",
  {
    applicationId: tenant(),
    inboxId: uuid().notNull(),
    vendorReference: text().notNull(),
    sessionId: uuid().notNull(),
    /** Of the last message that was applied. */
    happenedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.inboxId, table.vendorReference] }),
    index("vendor_sessions_by_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "vendor_sessions_inbox",
      columns: [table.applicationId, table.inboxId],
      foreignColumns: [vendorInboxes.applicationId, vendorInboxes.id],
    }).onDelete("cascade"),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant, tenant } from "./columns";
import { sessions } from "./sessions";

/** Where an application hears of what happens to its sessions, and how those messages are signed. */
export const webhookDestinations = pgTable(
  "webhook_destinations",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    label: text().notNull(),
    url: text().notNull(),
    /** `push`: we send. `pull`: a developer's machine fetches and forwards to `url`, which only that machine can reach. */
    transport: text({ enum: ["push", "pull"] })
      .notNull()
      .default("push"),
    enabled: boolean().notNull().default(true),
    /** While paused, events are kept and sent on resuming; while disabled they are not kept. */
    pausedAt: instant(),
    disabledReason: text({ enum: ["by_member", "failing", "gone"] }),
    webhookVersion: text({ enum: ["v1", "v2", "v3"] })
      .notNull()
      .default("v3"),
    subscribedEvents: text().array().notNull(),
    sealedSecret: bytea().notNull(),
    /** The secret before the last rotation; it signs beside the present one until the overlap ends. */
    previousSealedSecret: bytea(),
    previousSecretUntil: instant(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    deletedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("webhook_destinations_url_once")
      .on(table.applicationId, table.url)
      .where(sql`${table.deletedAt} is null and ${table.transport} = 'push'`),
    check("webhook_destinations_transport_known", sql`${table.transport} in ('push', 'pull')`),
    check("webhook_destinations_version_known", sql`${table.webhookVersion} in ('v1', 'v2', 'v3')`),
  ],
);

/** One destination's line: who is working it, whether it is held back after failures, and how it has been doing. */
export const webhookQueues = pgTable(
  "webhook_queues",
  {
    applicationId: tenant(),
    destinationId: uuid().notNull(),
    /** Nothing is sent before this moment; `infinity` while paused. */
    heldUntil: timestamp({ withTimezone: true, precision: 3, mode: "string" }).notNull().default("-infinity"),
    leasedUntil: instant(),
    leasedBy: text(),
    /** Attempts that failed since the last one that did not. */
    consecutiveFailures: integer().notNull().default(0),
    failingSince: instant(),
    attemptsCount: integer().notNull().default(0),
    failedCount: integer().notNull().default(0),
    responseCount: integer().notNull().default(0),
    responseMsTotal: bigint({ mode: "number" }).notNull().default(0),
    responseMsMin: integer(),
    responseMsMax: integer(),
    lastDeliveryAt: instant(),
    /** When the machine behind a `pull` destination last asked; one that has gone quiet gets no more events. */
    pulledAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.destinationId] }),
    foreignKey({
      name: "webhook_queues_destination",
      columns: [table.applicationId, table.destinationId],
      foreignColumns: [webhookDestinations.applicationId, webhookDestinations.id],
    }).onDelete("cascade"),
  ],
);

/** What happened, written in the act's transaction whether or not anybody is subscribed. Ids and codes only. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    applicationId: tenant(),
    /** The `event_id` that receivers deduplicate by. */
    id: uuid().notNull(),
    type: text().notNull(),
    /** Whose order is kept: the session, or whatever else the event is about. */
    subjectId: uuid().notNull(),
    payload: jsonb().$type<Record<string, string | number | boolean | null>>().notNull(),
    /** The database's clock at the insert: a session's events are written under its row lock, so this orders them. */
    createdAt: timestamp({ withTimezone: true, precision: 6 }).notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("webhook_events_by_time").on(table.applicationId, table.createdAt, table.id),
  ],
);

/** The message as first built, sealed; later attempts refresh only its time and links. Gone with its session. */
export const webhookBodies = pgTable(
  "webhook_bodies",
  {
    applicationId: tenant(),
    eventId: uuid().notNull(),
    sessionId: uuid(),
    sealedBody: bytea().notNull(),
    wrappedKey: bytea().notNull(),
    keyVersion: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.eventId] }),
    index("webhook_bodies_of_session").on(table.applicationId, table.sessionId),
    foreignKey({
      name: "webhook_bodies_event",
      columns: [table.applicationId, table.eventId],
      foreignColumns: [webhookEvents.applicationId, webhookEvents.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "webhook_bodies_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
  ],
);

/** One event on its way to one destination. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    destinationId: uuid().notNull(),
    eventId: uuid().notNull(),
    type: text().notNull(),
    subjectId: uuid().notNull(),
    state: text({ enum: ["pending", "delivered", "failed"] })
      .notNull()
      .default("pending"),
    isTest: boolean().notNull().default(false),
    dueAt: timestamp({ withTimezone: true, precision: 6 }).notNull().default(sql`clock_timestamp()`),
    /** After this it is a dead letter, whatever the schedule says. */
    giveUpAt: instant().notNull(),
    /** Attempts of the present series; a resend starts a new one. */
    tries: integer().notNull().default(0),
    attemptsCount: integer().notNull().default(0),
    lastAttemptAt: instant(),
    lastStatus: integer(),
    /** Why the last attempt, or the whole delivery, failed. */
    lastError: text(),
    lastDurationMs: integer(),
    createdAt: timestamp({ withTimezone: true, precision: 6 }).notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("webhook_deliveries_once_per_event_and_destination").on(
      table.applicationId,
      table.destinationId,
      table.eventId,
    ),
    // One probe per destination finds its next due delivery, however long its backlog is.
    index("webhook_deliveries_due")
      .on(table.applicationId, table.destinationId, table.dueAt, table.id)
      .where(sql`${table.state} = 'pending'`),
    // What comes first about the same session is sent first.
    index("webhook_deliveries_in_order")
      .on(table.applicationId, table.destinationId, table.subjectId, table.createdAt, table.id)
      .where(sql`${table.state} = 'pending'`),
    index("webhook_deliveries_by_time").on(table.applicationId, table.createdAt, table.id),
    index("webhook_deliveries_of_destination").on(table.applicationId, table.destinationId, table.createdAt, table.id),
    index("webhook_deliveries_failed")
      .on(table.applicationId, table.destinationId, table.createdAt, table.id)
      .where(sql`${table.state} = 'failed'`),
    index("webhook_deliveries_of_subject").on(table.applicationId, table.subjectId, table.createdAt),
    foreignKey({
      name: "webhook_deliveries_destination",
      columns: [table.applicationId, table.destinationId],
      foreignColumns: [webhookDestinations.applicationId, webhookDestinations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "webhook_deliveries_event",
      columns: [table.applicationId, table.eventId],
      foreignColumns: [webhookEvents.applicationId, webhookEvents.id],
    }).onDelete("cascade"),
    check("webhook_deliveries_state_known", sql`${table.state} in ('pending', 'delivered', 'failed')`),
  ],
);

export interface AttemptTimings {
  dnsMs: number | null;
  connectMs: number | null;
  firstByteMs: number | null;
  totalMs: number;
}

/** One request that was made, and what came back. The answer may repeat what was sent, so it is sealed with the message's key. */
export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    deliveryId: uuid().notNull(),
    number: integer().notNull(),
    /** Also the message's `timestamp`: with the stored body it gives back the exact bytes that were signed. */
    startedAt: instant().notNull(),
    trigger: text({ enum: ["schedule", "resend", "test", "tail"] }).notNull(),
    signedWith: text({ enum: ["current", "previous"] }).notNull(),
    webhookVersion: text({ enum: ["v1", "v2", "v3"] }).notNull(),
    address: text(),
    status: integer(),
    error: text(),
    timings: jsonb().$type<AttemptTimings>().notNull(),
    requestHeaders: jsonb().$type<Record<string, string>>().notNull(),
    responseHeaders: jsonb().$type<Record<string, string>>(),
    sealedResponse: bytea(),
    responseTruncated: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("webhook_attempts_numbered").on(table.applicationId, table.deliveryId, table.number),
    foreignKey({
      name: "webhook_attempts_delivery",
      columns: [table.applicationId, table.deliveryId],
      foreignColumns: [webhookDeliveries.applicationId, webhookDeliveries.id],
    }).onDelete("cascade"),
  ],
);

/** The sandbox's own receiver: an address that answers as it is told and shows what arrived. */
export const webhookTestReceivers = pgTable(
  "webhook_test_receivers",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    destinationId: uuid().notNull(),
    /** SHA-256 of the last part of its address. */
    tokenDigest: bytea().notNull(),
    answerStatus: integer().notNull().default(200),
    answerDelayMs: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("webhook_test_receivers_one_per_destination").on(table.applicationId, table.destinationId),
    foreignKey({
      name: "webhook_test_receivers_destination",
      columns: [table.applicationId, table.destinationId],
      foreignColumns: [webhookDestinations.applicationId, webhookDestinations.id],
    }).onDelete("cascade"),
    check("webhook_test_receivers_answer_bounds", sql`${table.answerStatus} between 200 and 599`),
    check("webhook_test_receivers_delay_bounds", sql`${table.answerDelayMs} between 0 and 15000`),
  ],
);

export const webhookTestReceipts = pgTable(
  "webhook_test_receipts",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    receiverId: uuid().notNull(),
    receivedAt: instant().notNull().defaultNow(),
    eventId: uuid(),
    type: text(),
    headers: jsonb().$type<Record<string, string>>().notNull(),
    sealedBody: bytea().notNull(),
    wrappedKey: bytea().notNull(),
    keyVersion: integer().notNull(),
    byteLength: integer().notNull(),
    /** What the documented recipe says of its signature. */
    verdict: text().notNull(),
    answered: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("webhook_test_receipts_by_time").on(table.applicationId, table.receiverId, table.receivedAt, table.id),
    foreignKey({
      name: "webhook_test_receipts_receiver",
      columns: [table.applicationId, table.receiverId],
      foreignColumns: [webhookTestReceivers.applicationId, webhookTestReceivers.id],
    }).onDelete("cascade"),
  ],
);

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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AgreementRef } from "./agreements";
import { bytea, instant, tenant } from "./columns";

export const workflows = pgTable(
  "workflows",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    /** Identifies this version; requests may name the workflow by either id (contract section 7). */
    versionId: uuid().notNull(),
    version: integer().notNull().default(1),
    label: text().notNull(),
    kind: text({ enum: ["user", "business"] }).notNull(),
    features: jsonb().$type<string[]>().notNull(),
    /** A draft has never been published: nothing lands in it yet. */
    status: text({ enum: ["draft", "published"] })
      .notNull()
      .default("published"),
    isDefault: boolean().notNull().default(false),
    /** Its sessions are approved and declined by two members. */
    fourEyes: boolean().notNull().default(false),
    sessionExpirationInSeconds: integer().notNull().default(604_800),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    archivedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("workflows_version_once").on(table.applicationId, table.versionId),
    uniqueIndex("workflows_one_default_per_kind")
      .on(table.applicationId, table.kind)
      .where(sql`${table.isDefault} and ${table.archivedAt} is null`),
    check("workflows_kind_known", sql`${table.kind} in ('user', 'business')`),
    check("workflows_status_known", sql`${table.status} in ('draft', 'published')`),
    check("workflows_default_is_published", sql`not (${table.isDefault} and ${table.status} = 'draft')`),
  ],
);

/** A User (KYC) or a Business (KYB): all sessions of one `vendor_data` in one application. */
export const entities = pgTable(
  "entities",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    kind: text({ enum: ["user", "business"] }).notNull(),
    vendorData: text().notNull(),
    status: text({ enum: ["ACTIVE", "FLAGGED", "BLOCKED"] })
      .notNull()
      .default("ACTIVE"),
    /** What was said of it beside its sessions: names, dates, addresses, metadata. */
    sealedProfile: bytea(),
    /** Of a company, alpha-2. */
    countryCode: text(),
    createdAt: instant().notNull().defaultNow(),
    lastActivityAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("entities_vendor_data_once_per_kind").on(table.applicationId, table.kind, table.vendorData),
    index("entities_by_activity").on(table.applicationId, table.kind, table.lastActivityAt, table.id),
    index("entities_by_status").on(table.applicationId, table.kind, table.status, table.lastActivityAt, table.id),
    check("entities_status_known", sql`${table.status} in ('ACTIVE', 'FLAGGED', 'BLOCKED')`),
  ],
);

/** Keyed blind indexes of what a profile says, as `session_search` has them of a record. */
export const entitySearch = pgTable(
  "entity_search",
  {
    applicationId: tenant(),
    term: bytea().notNull(),
    entityId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.term, table.entityId] }),
    index("entity_search_by_entity").on(table.applicationId, table.entityId),
  ],
);

/** Why a person or company is watched or blocked, in order. */
export const entityChanges = pgTable(
  "entity_changes",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    entityId: uuid().notNull(),
    previousStatus: text().notNull(),
    newStatus: text().notNull(),
    sealedReason: bytea(),
    actorKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    actorLabel: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("entity_changes_of_entity").on(table.applicationId, table.entityId, table.id),
  ],
);

export type ShareChain = { applicationId: string; sessionId: string }[];
export type FeatureSummary = { feature: string; status: string };

/** What a clone came without, and which application of its chain left it out. */
export type Omitted = {
  features: { feature: string; applicationId: string }[];
  media: { applicationId: string } | null;
};

/** What lists filter and sort by. Whom the session is about is sealed in session_records. */
export const sessions = pgTable(
  "sessions",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    sessionNumber: bigint({ mode: "number" }).notNull(),
    kind: text({ enum: ["user", "business"] }).notNull(),
    status: text().notNull(),
    environment: text({ enum: ["sandbox", "live"] }).notNull(),
    workflowId: uuid().notNull(),
    workflowVersion: integer().notNull(),
    vendorData: text(),
    /** The vendor's own id of a session that was brought in; a second delivery of it is refused. */
    externalReference: text(),
    entityId: uuid(),
    country: text(),
    documentType: text(),
    features: jsonb().$type<FeatureSummary[]>().notNull(),
    amlHits: integer().notNull().default(0),
    warningCount: integer().notNull().default(0),
    /** The source of an imported session; null for a native one. A plain value: the source may be gone. */
    sharedFromSession: uuid(),
    sharedFromApplication: uuid(),
    /** The redemption that brought it, alone or with its company. */
    shareTokenId: uuid(),
    /** From the first verifier to the immediate source. */
    shareChain: jsonb().$type<ShareChain>(),
    /** Null when the clone came with everything. */
    omitted: jsonb().$type<Omitted>(),
    /** The agreement under which the clone was handed over; null when there was none. */
    agreement: jsonb().$type<AgreementRef>(),
    sourceStatus: text(),
    sourceFinishedAt: instant(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
    updatedAt: instant().notNull(),
    expiresAt: instant(),
    /** Of a session that is walked by its person: finds it by its token, and the token itself for those who may hand it out. */
    tokenDigest: bytea(),
    sealedToken: bytea(),
    /** How it is to turn out, in a sandbox. */
    sandboxScenario: text(),
    /** Increases with every change; a decision names the version it looked at. */
    version: integer().notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("sessions_number_once").on(table.applicationId, table.sessionNumber),
    uniqueIndex("sessions_once_per_source_and_application")
      .on(table.applicationId, table.sharedFromSession)
      .where(sql`${table.sharedFromSession} is not null`),
    uniqueIndex("sessions_once_per_external_reference")
      .on(table.applicationId, table.externalReference)
      .where(sql`${table.externalReference} is not null`),
    // What filters and a key's limits look at comes last: pages are found and counted in the index alone.
    index("sessions_by_kind").on(table.applicationId, table.kind, table.sessionNumber, table.status, table.workflowId),
    index("sessions_by_status").on(table.applicationId, table.status, table.sessionNumber),
    index("sessions_by_workflow").on(table.applicationId, table.workflowId, table.sessionNumber),
    index("sessions_by_country").on(table.applicationId, table.country, table.sessionNumber),
    index("sessions_by_vendor_data").on(table.applicationId, table.vendorData, table.sessionNumber),
    index("sessions_imported")
      .on(table.applicationId, table.sessionNumber)
      .where(sql`${table.sharedFromSession} is not null`),
    index("sessions_by_partner").on(table.applicationId, table.sharedFromApplication, table.sessionNumber),
    index("sessions_by_entity").on(table.applicationId, table.entityId, table.sessionNumber),
    uniqueIndex("sessions_token_once").on(table.tokenDigest),
    index("sessions_by_status_and_kind").on(table.applicationId, table.kind, table.status, table.sessionNumber),
    index("sessions_unfinished")
      .on(table.applicationId, table.expiresAt)
      .where(sql`${table.status} in ('Not Started', 'In Progress')`),
    index("sessions_by_created_at").on(table.applicationId, table.createdAt),
    foreignKey({
      name: "sessions_workflow",
      columns: [table.applicationId, table.workflowId],
      foreignColumns: [workflows.applicationId, workflows.id],
    }),
    check("sessions_kind_known", sql`${table.kind} in ('user', 'business')`),
    check("sessions_environment_known", sql`${table.environment} in ('sandbox', 'live')`),
    check(
      "sessions_status_known",
      sql`${table.status} in ('Not Started', 'In Progress', 'Awaiting User', 'In Review', 'Approved', 'Declined', 'Resubmitted', 'Expired', 'Kyc Expired', 'Abandoned')`,
    ),
    check(
      "sessions_source_complete",
      sql`num_nonnulls(${table.sharedFromSession}, ${table.sharedFromApplication}, ${table.shareTokenId}, ${table.shareChain}, ${table.sourceStatus}) in (0, 5)`,
    ),
  ],
);

/**
 * The sealed record. One data key opens both parts; it is wrapped by the tenant's general key. The parts are bound
 * to `recordId` and not to the tenant, so that an import copies them inside the database and wraps the key anew.
 */
export const sessionRecords = pgTable(
  "session_records",
  {
    applicationId: tenant(),
    sessionId: uuid().notNull(),
    recordId: uuid().notNull(),
    /** What a list row shows: name, document number, portrait. */
    card: bytea().notNull(),
    /** Everything else, in the contract's shape. */
    body: bytea().notNull(),
    wrappedKey: bytea().notNull(),
    keyVersion: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.sessionId] }),
    foreignKey({
      name: "session_records_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
  ],
);

/** Key people of a company and the KYC sessions that verified them. A person may stand behind several companies. */
export const sessionLinks = pgTable(
  "session_links",
  {
    applicationId: tenant(),
    parentSessionId: uuid().notNull(),
    partyId: uuid().notNull(),
    childSessionId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.parentSessionId, table.partyId] }),
    index("session_links_by_child").on(table.applicationId, table.childSessionId),
  ],
);

/** Keyed blind indexes: a name word, document number, e-mail or phone number, unreadable without the tenant's index key. */
export const sessionSearch = pgTable(
  "session_search",
  {
    applicationId: tenant(),
    term: bytea().notNull(),
    sessionNumber: bigint({ mode: "number" }).notNull(),
    sessionId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.term, table.sessionNumber] }),
    index("session_search_by_session").on(table.applicationId, table.sessionId),
  ],
);

/** Decisions, notes and the import itself, in order. Comments are sealed with the record's data key. */
export const reviews = pgTable(
  "reviews",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    sessionId: uuid().notNull(),
    action: text({
      enum: ["import", "decision", "resubmission", "note", "correction", "step", "expiry", "undo"],
    }).notNull(),
    actorKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    actorLabel: text().notNull(),
    /** Who proposed what the actor confirmed; null where one person decides. */
    proposedByLabel: text(),
    /** The application in which it happened; on a clone, earlier reviews came from the issuer. */
    madeInApplication: uuid().notNull(),
    previousStatus: text(),
    newStatus: text(),
    reasonCode: text(),
    nodes: jsonb().$type<{ nodeId: string; feature: string }[]>(),
    sealedComment: bytea(),
    /** Which fields a correction changed; from what to what is sealed. */
    changedFields: jsonb().$type<string[]>(),
    sealedChange: bytea(),
    createdAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("reviews_of_session").on(table.applicationId, table.sessionId, table.createdAt),
  ],
);

/** A decision that waits for a second member; at most one per session. */
export const proposedDecisions = pgTable(
  "proposed_decisions",
  {
    applicationId: tenant(),
    sessionId: uuid().notNull(),
    id: uuid().notNull(),
    outcome: text({ enum: ["Approved", "Declined"] }).notNull(),
    reasonCode: text(),
    /** With the record's data key, as reviews seal theirs. */
    sealedComment: bytea(),
    /** The version of the session that it was proposed for. */
    sessionVersion: integer().notNull(),
    proposedById: uuid().notNull(),
    proposedByLabel: text().notNull(),
    proposedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.sessionId] }),
    foreignKey({
      name: "proposed_decisions_session",
      columns: [table.applicationId, table.sessionId],
      foreignColumns: [sessions.applicationId, sessions.id],
    }).onDelete("cascade"),
    check("proposed_decisions_outcome_known", sql`${table.outcome} in ('Approved', 'Declined')`),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
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

// The directory: who exists. These rows are read before it is known whose data a request is about,
// so they carry no personal data of verified people and are not fenced by application.

export const organisations = pgTable("organisations", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** Null until somebody says: a registration knows a name only. */
  legalName: text(),
  country: text(),
  contactEmail: text(),
  /** What it is to its partners, in its own words: sponsor bank, sister brand, marketplace. */
  ecosystemRole: text(),
  /** Trust in a partner is switched on by two people. */
  fourEyesOnTrust: boolean().notNull().default(true),
  createdAt: instant().notNull().defaultNow(),
});

type StoredReason = { code: string; label: string | null };

export interface StoredReasons {
  /** By outcome, what is offered; an outcome that is missing offers the built-in ones. */
  offered: Partial<Record<"Approved" | "Declined" | "Resubmitted", StoredReason[]>>;
  /** Own reasons that are offered no more, and stand in old decisions. */
  retired: StoredReason[];
}

export const applications = pgTable(
  "applications",
  {
    id: uuid().primaryKey(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    clientId: text().notNull(),
    environment: text({ enum: ["sandbox", "live"] }).notNull(),
    kybStatusFormat: text({ enum: ["upper_snake", "title"] })
      .notNull()
      .default("upper_snake"),
    /** Nothing is shared with anybody, either way, without an agreement in force. */
    requireAgreement: boolean().notNull().default(false),
    /** Hours that a session may wait for its decision, from when it comes into review. */
    reviewDueInHours: integer().notNull().default(24),
    /** Reasons that decisions may give; null: the built-in ones. */
    decisionReasons: jsonb().$type<StoredReasons>(),
    /** What the application says of itself (contract section 6); nothing here decides anything. */
    websiteUrl: text(),
    redirectUris: jsonb().$type<string[]>().notNull().default([]),
    termsUrl: text(),
    privacyUrl: text(),
    description: text(),
    createdAt: instant().notNull().defaultNow(),
    deletedAt: instant(),
  },
  (table) => [
    uniqueIndex("applications_client_id_once").on(table.clientId),
    index("applications_of_organisation").on(table.organisationId),
    check("applications_environment_known", sql`${table.environment} in ('sandbox', 'live')`),
    check("applications_review_due_sensible", sql`${table.reviewDueInHours} between 1 and 2160`),
    check("applications_kyb_status_format_known", sql`${table.kybStatusFormat} in ('upper_snake', 'title')`),
  ],
);

export const members = pgTable(
  "members",
  {
    id: uuid().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    locale: text({ enum: ["en", "pt-BR", "es"] })
      .notNull()
      .default("en"),
    createdAt: instant().notNull().defaultNow(),
    disabledAt: instant(),
  },
  (table) => [uniqueIndex("members_email_once").on(sql`lower(${table.email})`)],
);

export const memberships = pgTable(
  "memberships",
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    memberId: uuid()
      .notNull()
      .references(() => members.id),
    role: text({ enum: ["owner", "admin", "compliance_officer", "developer", "reader"] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.memberId] }),
    index("memberships_of_member").on(table.memberId),
  ],
);

/** One row per console sign-in. It is read on every request, so revoking it ends the session at once. */
export const consoleSessions = pgTable(
  "console_sessions",
  {
    id: uuid().primaryKey(),
    memberId: uuid()
      .notNull()
      .references(() => members.id),
    applicationId: uuid("current_application_id").references(() => applications.id),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    ip: text(),
    userAgent: text(),
  },
  (table) => [index("console_sessions_of_member").on(table.memberId)],
);

/** Failed sign-ins per account, keyed by a digest of the e-mail so that unknown accounts count alike. */
export const signInFailures = pgTable("sign_in_failures", {
  accountDigest: bytea().primaryKey(),
  failures: integer().notNull(),
  lockedUntil: instant(),
  lastFailureAt: instant().notNull(),
});

/**
 * Keys are looked up by digest before the tenant is known: the policy admits a row to its own
 * application, or to whoever presents the digest (see identify_api_key in the migrations).
 */
export const apiKeys = pgTable(
  "api_keys",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    name: text().notNull(),
    prefix: text().notNull(),
    lastFour: text().notNull(),
    digest: bytea().notNull(),
    privileges: jsonb().$type<string[]>().notNull(),
    /** The application's own key with every privilege a key can have; the others are scoped keys. */
    isPrimary: boolean().notNull().default(false),
    /** Only the primary key can be shown again (contract section 6), so only it is kept, sealed for its application. */
    sealedKey: bytea(),
    /** Null: every workflow, every status, every address. */
    workflowIds: jsonb().$type<string[]>(),
    statuses: jsonb().$type<string[]>(),
    addresses: jsonb().$type<string[]>(),
    /** Without it media links are left out and files are refused. */
    media: boolean().notNull().default(true),
    /** Over MCP a key only reads unless this was allowed; elsewhere it changes nothing. */
    agentWrites: boolean().notNull().default(false),
    createdAt: instant().notNull().defaultNow(),
    createdBy: text().notNull(),
    expiresAt: instant(),
    revokedAt: instant(),
    lastUsedAt: instant(),
    /** The key that takes this one's place; this one works until `expiresAt`. */
    replacedById: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("api_keys_digest_once").on(table.digest),
    uniqueIndex("api_keys_one_primary")
      .on(table.applicationId)
      .where(sql`${table.isPrimary} and ${table.revokedAt} is null and ${table.replacedById} is null`),
    check("api_keys_sealed_when_primary", sql`${table.sealedKey} is null or ${table.isPrimary}`),
    check("api_keys_agents_never_write_with_the_primary", sql`not (${table.isPrimary} and ${table.agentWrites})`),
  ],
);

/** The last session number given out, per application. Its row lock is what makes numbers unique and increasing. */
export const sessionNumbers = pgTable("session_numbers", {
  applicationId: tenant().primaryKey(),
  last: bigint({ mode: "number" }).notNull().default(0),
});

/**
 * Requests counted per caller and scope over the last minute, one number per second in a ring. Unlogged: a crash empties
 * it, and a minute later nobody could tell. A caller is a digest of a key, a member or an address.
 */
export const rateWindows = pgTable(
  "rate_windows",
  {
    identifier: bytea().notNull(),
    scope: text().notNull(),
    /** The last second that was counted in. */
    second: bigint({ mode: "number" }).notNull(),
    counts: integer().array().notNull(),
  },
  // No index on what every request changes: an update then touches one page.
  (table) => [primaryKey({ columns: [table.identifier, table.scope] })],
);

/** Facts about this installation, such as whether the demo has been laid out. */
export const installation = pgTable("installation", {
  key: text().primaryKey(),
  value: jsonb().$type<Record<string, string | number | boolean | null>>().notNull(),
  updatedAt: instant().notNull().defaultNow(),
});

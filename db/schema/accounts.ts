import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { members, organisations } from "./access";
import { bytea, instant } from "./columns";

// How people come in: registering, being invited, signing in over the API, and the mails about it.

/** An account asked for and not confirmed yet. The latest request for an address is the one that its code confirms. */
export const registrations = pgTable("registrations", {
  /** In lower case. */
  email: text().primaryKey(),
  passwordHash: text().notNull(),
  codeDigest: bytea().notNull(),
  codeExpiresAt: instant().notNull(),
  wrongGuesses: integer().notNull().default(0),
  createdAt: instant().notNull().defaultNow(),
});

/** A sliding window per caller and purpose, keyed by a digest: it holds neither addresses nor e-mails. */
export const throttles = pgTable(
  "throttles",
  {
    digest: bytea().primaryKey(),
    /** The counted moments, oldest first. */
    moments: timestamp({ withTimezone: true, precision: 3 }).array().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index("throttles_expired").on(table.expiresAt)],
);

/** One row per sign-in over the API. Access tokens name it, so ending it ends them at once. */
export const tokenSessions = pgTable(
  "token_sessions",
  {
    id: uuid().primaryKey(),
    memberId: uuid()
      .notNull()
      .references(() => members.id),
    refreshDigest: bytea().notNull(),
    /** The refresh token before the present one: whoever presents it holds a copy. */
    usedRefreshDigest: bytea(),
    createdAt: instant().notNull().defaultNow(),
    refreshedAt: instant(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    ip: text(),
    userAgent: text(),
  },
  (table) => [
    index("token_sessions_of_member").on(table.memberId),
    uniqueIndex("token_sessions_refresh_once").on(table.refreshDigest),
    index("token_sessions_used_refresh").on(table.usedRefreshDigest),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    id: uuid().notNull(),
    /** In lower case. */
    email: text().notNull(),
    role: text({ enum: ["owner", "admin", "compliance_officer", "developer", "reader"] }).notNull(),
    tokenDigest: bytea().notNull(),
    invitedBy: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("invitations_token_once").on(table.tokenDigest),
    uniqueIndex("invitations_one_open_per_address")
      .on(table.organisationId, table.email)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
  ],
);

/** Mails to send, written in the transaction of what they tell and sent after it. Codes and links in them are sealed. */
export const mails = pgTable(
  "mails",
  {
    /** UUIDv7: ordered by time. */
    id: uuid().primaryKey(),
    /** Whose mail it is; null for registrations, which belong to nobody yet. */
    organisationId: uuid().references(() => organisations.id),
    kind: text({
      enum: [
        "registration_code",
        "account_exists",
        "invitation",
        "session_decision",
        "agreement_review",
        "session_mention",
        "case_assignment",
      ],
    }).notNull(),
    recipient: text().notNull(),
    rootKeyId: text().notNull(),
    /** Subject and text; null once it has been sent. */
    sealedContent: bytea(),
    createdAt: instant().notNull().defaultNow(),
    availableAt: instant().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    sentAt: instant(),
    failedAt: instant(),
  },
  (table) => [
    index("mails_due").on(table.availableAt).where(sql`${table.sentAt} is null and ${table.failedAt} is null`),
    index("mails_of_organisation").on(table.organisationId, table.id),
    check("mails_keep_no_sent_content", sql`${table.sentAt} is null or ${table.sealedContent} is null`),
  ],
);

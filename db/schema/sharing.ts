import { sql } from "drizzle-orm";
import {
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
import type { AgreementRef } from "./agreements";
import { bytea, instant, tenant } from "./columns";

/** A rule of a partner policy as it is stored and sent; `domain/partners/policy.ts` reads it. */
export type StoredPolicyRule = { rule: string; outcome: string; [parameter: string]: unknown };

/** Whom this application shares with, in its own words: each side keeps its own row. */
export const partners = pgTable(
  "partners",
  {
    applicationId: tenant(),
    partnerApplicationId: uuid().notNull(),
    /** The receiver's setting for tokens that do not say `trust_review`. */
    trustDefault: boolean().notNull().default(false),
    trustVersion: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.partnerApplicationId] })],
);

/**
 * How two applications stand to each other, one way: the one hands over, the other takes in. The row is both sides' and
 * shown to nobody else, so it names no person.
 */
export const partnerships = pgTable(
  "partnerships",
  {
    issuerApplicationId: uuid().notNull(),
    receiverApplicationId: uuid().notNull(),
    state: text({ enum: ["invited", "active", "paused", "ended"] }).notNull(),
    /** The side that invited; null when it came about by a share. */
    invitedBy: uuid(),
    /** The side that paused it, and may resume it. */
    pausedBy: uuid(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "partnerships_once_per_direction",
      columns: [table.issuerApplicationId, table.receiverApplicationId],
    }),
    index("partnerships_of_receiver").on(table.receiverApplicationId, table.issuerApplicationId),
    check("partnerships_of_two", sql`${table.issuerApplicationId} <> ${table.receiverApplicationId}`),
    check("partnerships_paused_by_one", sql`(${table.state} = 'paused') = (${table.pausedBy} is not null)`),
    check("partnerships_invited_by_one", sql`${table.state} <> 'invited' or ${table.invitedBy} is not null`),
  ],
);

/** Links to pair by, once each. */
export const partnerLinks = pgTable(
  "partner_links",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    /** SHA-256 of the link's secret. */
    digest: bytea().notNull(),
    /** What the side that made it will be. */
    as: text({ enum: ["issuer", "receiver"] }).notNull(),
    createdByLabel: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    usedByApplicationId: uuid(),
    revokedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("partner_links_digest_once").on(table.digest),
    index("partner_links_by_time").on(table.applicationId, table.createdAt),
  ],
);

/** Switching trust in a partner, and asking for it: switching on takes a second person unless the organisation says otherwise. */
export const trustChanges = pgTable(
  "trust_changes",
  {
    applicationId: tenant(),
    partnerApplicationId: uuid().notNull(),
    number: integer().notNull(),
    trusted: boolean().notNull(),
    state: text({ enum: ["waiting", "in_effect", "withdrawn", "declined"] }).notNull(),
    fourEyes: boolean().notNull(),
    /** Of what is in effect; counts up per partner. */
    version: integer(),
    requestedById: text().notNull(),
    requestedByLabel: text().notNull(),
    requestedAt: instant().notNull(),
    settledById: text(),
    settledByLabel: text(),
    settledAt: instant(),
  },
  (table) => [
    primaryKey({
      name: "trust_changes_number_once",
      columns: [table.applicationId, table.partnerApplicationId, table.number],
    }),
    uniqueIndex("trust_changes_one_waiting")
      .on(table.applicationId, table.partnerApplicationId)
      .where(sql`${table.state} = 'waiting'`),
    check("trust_changes_settled_unless_waiting", sql`(${table.state} = 'waiting') = (${table.settledById} is null)`),
    check("trust_changes_version_in_effect", sql`(${table.state} = 'in_effect') = (${table.version} is not null)`),
    // Whatever the program does: with four eyes, trust is not granted by whoever asked for it.
    check(
      "trust_changes_two_people",
      sql`not (${table.trusted} and ${table.fourEyes} and ${table.state} = 'in_effect' and ${table.settledById} = ${table.requestedById})`,
    ),
  ],
);

/** What the receiver asks of a partner's verifications beyond its word. A version is written once; the newest counts. */
export const partnerPolicies = pgTable(
  "partner_policies",
  {
    applicationId: tenant(),
    partnerApplicationId: uuid().notNull(),
    version: integer().notNull(),
    /** Empty: no policy from here on. */
    rules: jsonb().$type<StoredPolicyRule[]>().notNull(),
    createdById: text().notNull(),
    createdByLabel: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "partner_policies_version_once",
      columns: [table.applicationId, table.partnerApplicationId, table.version],
    }),
    check("partner_policies_version_positive", sql`${table.version} > 0`),
  ],
);
/** What a token leaves out: feature blocks by their names in `features[]`, and whether media come along. */
export type ShareTerms = { omit: string[]; media: boolean };

export const shareTokens = pgTable(
  "share_tokens",
  {
    /** The issuer's application. */
    applicationId: tenant(),
    id: uuid().notNull(),
    sessionId: uuid().notNull(),
    sessionKind: text({ enum: ["user", "business"] }).notNull(),
    /** The scope: the one application that may redeem it. */
    forApplicationId: uuid().notNull(),
    /** SHA-256 of the token; the token itself is never stored. */
    digest: bytea().notNull(),
    signingKeyId: text().notNull(),
    ttlInSeconds: integer().notNull(),
    /** As the signed claim has them; null when everything is shared. */
    terms: jsonb().$type<ShareTerms>(),
    /** The agreement in force when it was minted; null when there was none. */
    agreement: jsonb().$type<AgreementRef>(),
    issuedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    mintedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    /** Null for tokens from before the ledger. */
    mintedById: text(),
    mintedByLabel: text().notNull(),
    /** How the receiver gets it: from whoever minted it, from its inbox here, or there and at its own endpoint. */
    handOff: text({ enum: ["manual", "inbox", "push"] })
      .notNull()
      .default("manual"),
    /** Handed over to the receiver by this installation; null when whoever minted it passes it on. */
    deliveredAt: instant(),
    /** The first look that the receiver took at what it would bring. */
    previewedAt: instant(),
    /** The last time it was turned down, and why. */
    refusedAt: instant(),
    refusedCode: text(),
    /** Set by the redemption itself, in the receiver's transaction: this row decides between redeemed and revoked. */
    redeemedAt: instant(),
    revokedAt: instant(),
    revokedByLabel: text(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("share_tokens_digest_once").on(table.applicationId, table.digest),
    index("share_tokens_of_session").on(table.applicationId, table.sessionId, table.issuedAt),
    index("share_tokens_by_partner").on(table.applicationId, table.forApplicationId, table.issuedAt),
    index("share_tokens_by_issue").on(table.applicationId, table.issuedAt, table.id),
    index("share_tokens_by_minter").on(table.applicationId, table.mintedById, table.issuedAt, table.id),
    // What is open, and what seldom happens, is found without walking past everything else.
    index("share_tokens_open")
      .on(table.applicationId, table.forApplicationId, table.expiresAt)
      .where(sql`${table.redeemedAt} is null and ${table.revokedAt} is null`),
    index("share_tokens_revoked")
      .on(table.applicationId, table.issuedAt, table.id)
      .where(sql`${table.revokedAt} is not null`),
    index("share_tokens_refused")
      .on(table.applicationId, table.issuedAt, table.id)
      .where(sql`${table.refusedAt} is not null`),
    index("share_tokens_previewed")
      .on(table.applicationId, table.issuedAt, table.id)
      .where(sql`${table.previewedAt} is not null`),
    index("share_tokens_delivered")
      .on(table.applicationId, table.issuedAt, table.id)
      .where(sql`${table.deliveredAt} is not null`),
    check("share_tokens_ttl_bounds", sql`${table.ttlInSeconds} between 60 and 86400`),
    check("share_tokens_redeemed_or_revoked", sql`${table.redeemedAt} is null or ${table.revokedAt} is null`),
  ],
);

/** The receiver's side: every genuine token that was presented here, whatever became of it. */
export const presentedTokens = pgTable(
  "presented_tokens",
  {
    applicationId: tenant(),
    shareTokenId: uuid().notNull(),
    sourceApplicationId: uuid().notNull(),
    sourceSessionId: uuid().notNull(),
    sessionKind: text({ enum: ["user", "business"] }).notNull(),
    expiresAt: instant().notNull(),
    firstAt: instant().notNull(),
    /** Who presented it first. */
    presentedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    presentedById: text(),
    presentedByLabel: text().notNull(),
    previewedAt: instant(),
    refusedAt: instant(),
    refusedCode: text(),
    redeemedAt: instant(),
    /** What it became here. */
    sessionId: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.shareTokenId] }),
    index("presented_tokens_by_time").on(table.applicationId, table.firstAt, table.shareTokenId),
    index("presented_tokens_by_partner").on(table.applicationId, table.sourceApplicationId, table.firstAt),
    index("presented_tokens_by_person").on(table.applicationId, table.presentedById, table.firstAt, table.shareTokenId),
    index("presented_tokens_of_session").on(table.applicationId, table.sessionId),
    index("presented_tokens_refused")
      .on(table.applicationId, table.firstAt, table.shareTokenId)
      .where(sql`${table.refusedAt} is not null`),
    index("presented_tokens_not_redeemed")
      .on(table.applicationId, table.firstAt, table.shareTokenId)
      .where(sql`${table.redeemedAt} is null`),
  ],
);

/** What happened to a token, as one side knows it. Written once and never changed; ids and codes, no personal data. */
export const shareTokenEvents = pgTable(
  "share_token_events",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    shareTokenId: uuid().notNull(),
    at: instant().notNull(),
    side: text({ enum: ["issuer", "receiver"] }).notNull(),
    event: text({ enum: ["minted", "delivered", "previewed", "refused", "redeemed", "revoked"] }).notNull(),
    partnerApplicationId: uuid().notNull(),
    /** `partner`: somebody of the other application; who there is its own affair. */
    actorKind: text({ enum: ["member", "api_key", "system", "partner"] }).notNull(),
    actorId: text(),
    actorLabel: text(),
    ip: text(),
    /** Why it was refused, how far a revocation went, by what way it was delivered. */
    code: text(),
    requestId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("share_token_events_of_token").on(table.applicationId, table.shareTokenId, table.at),
    check("share_token_events_side_known", sql`${table.side} in ('issuer', 'receiver')`),
    check(
      "share_token_events_event_known",
      sql`${table.event} in ('minted', 'delivered', 'previewed', 'refused', 'redeemed', 'revoked')`,
    ),
  ],
);

/**
 * Tokens that issuers handed over inside this installation, on the receiver's side. The token is kept only while it waits,
 * sealed with the receiver's key; the row stays and says what became of it.
 */
export const shareInbox = pgTable(
  "share_inbox",
  {
    applicationId: tenant(),
    shareTokenId: uuid().notNull(),
    issuerApplicationId: uuid().notNull(),
    sourceSessionId: uuid().notNull(),
    sessionKind: text({ enum: ["user", "business"] }).notNull(),
    terms: jsonb().$type<ShareTerms>(),
    handOff: text({ enum: ["inbox", "push"] }).notNull(),
    sealedToken: bytea(),
    state: text({ enum: ["waiting", "acknowledged", "redeemed", "revoked", "expired"] })
      .notNull()
      .default("waiting"),
    arrivedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    settledAt: instant(),
    settledByLabel: text(),
    /** Why it was not imported by itself. */
    failureCode: text(),
  },
  (table) => [
    primaryKey({ name: "share_inbox_token_once", columns: [table.applicationId, table.shareTokenId] }),
    index("share_inbox_by_time").on(table.applicationId, table.arrivedAt, table.shareTokenId),
    index("share_inbox_waiting").on(table.applicationId, table.expiresAt).where(sql`${table.state} = 'waiting'`),
    check(
      "share_inbox_token_while_waiting",
      sql`(${table.state} = 'waiting') = (${table.sealedToken} is not null) and (${table.state} = 'waiting') = (${table.settledAt} is null)`,
    ),
  ],
);

/** Redemptions, on the receiver's side. The primary key is what makes a token one-time. */
export const imports = pgTable(
  "imports",
  {
    applicationId: tenant(),
    shareTokenId: uuid().notNull(),
    sessionId: uuid().notNull(),
    sourceApplicationId: uuid().notNull(),
    sourceSessionId: uuid().notNull(),
    /** What the issuer had decided; null for imports of sessions that were deleted before this was kept here. */
    sourceStatus: text(),
    landingStatus: text().notNull(),
    /** When it was first decided here, and what was decided here last; null while only the issuer has decided. */
    decidedAt: instant(),
    decision: text({ enum: ["Approved", "Declined"] }),
    /** Null when the request left it to the partner's setting. */
    trustRequested: boolean(),
    trustEffective: boolean().notNull(),
    trustReasons: jsonb().$type<string[]>().notNull(),
    /** The version of the partner policy that was asked; null: there was none. */
    policyVersion: integer(),
    policyOutcome: text({ enum: ["keep", "review", "refuse"] }),
    policyCodes: jsonb().$type<string[]>(),
    /** The reasons with what was found: personal data, so they live and die with the record's key. */
    sealedPolicyReasons: bytea(),
    /** The agreement in force when it was redeemed; null when there was none. */
    agreement: jsonb().$type<AgreementRef>(),
    importedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    importedByLabel: text().notNull(),
    importedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ name: "imports_once_per_token_and_application", columns: [table.applicationId, table.shareTokenId] }),
    index("imports_of_session").on(table.applicationId, table.sessionId),
    index("imports_by_time").on(table.applicationId, table.importedAt, table.shareTokenId),
    index("imports_by_partner").on(table.applicationId, table.sourceApplicationId, table.importedAt),
    check("imports_decision_with_time", sql`(${table.decidedAt} is null) = (${table.decision} is null)`),
  ],
);

/**
 * Steps that a receiver misses in a shared session and asks its issuer for. Each side has a row of its own under the same
 * id, and hears of the other's through the outbox.
 */
export const stepRequests = pgTable(
  "step_requests",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    direction: text({ enum: ["sent", "received"] }).notNull(),
    partnerApplicationId: uuid().notNull(),
    /** The issuer's session. */
    sourceSessionId: uuid().notNull(),
    sessionKind: text({ enum: ["user", "business"] }).notNull(),
    /** By their names in a workflow. */
    steps: jsonb().$type<string[]>().notNull(),
    state: text({ enum: ["open", "done", "declined"] })
      .notNull()
      .default("open"),
    /** Why it was declined: a code, since it goes to another company. */
    reason: text(),
    /** When the issuer asked its person again. */
    askedAgainAt: instant(),
    /** Who asked, on the side that asked; who of the other company answered is its own matter as well. */
    createdByLabel: text(),
    createdAt: instant().notNull(),
    answeredByLabel: text(),
    answeredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("step_requests_one_open")
      .on(table.applicationId, table.direction, table.partnerApplicationId, table.sourceSessionId)
      .where(sql`${table.state} = 'open'`),
    index("step_requests_by_time").on(table.applicationId, table.createdAt, table.id),
    index("step_requests_of_session").on(table.applicationId, table.sourceSessionId),
    check("step_requests_direction_known", sql`${table.direction} in ('sent', 'received')`),
    check("step_requests_state_known", sql`${table.state} in ('open', 'done', 'declined')`),
    check("step_requests_answered", sql`(${table.state} = 'open') = (${table.answeredAt} is null)`),
  ],
);

/**
 * Sessions that a receiver asks an issuer for, by the issuer's own reference. Each side has a row of its own under the same id,
 * and hears of the other's through the outbox; whether there is such a session is known to the issuer's side alone.
 */
export const pullRequests = pgTable(
  "pull_requests",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    direction: text({ enum: ["sent", "received"] }).notNull(),
    partnerApplicationId: uuid().notNull(),
    sessionKind: text({ enum: ["user", "business"] }).notNull(),
    /** What the reference is to the issuer. */
    referenceKind: text({ enum: ["vendor_data", "session_id"] }).notNull(),
    reference: text().notNull(),
    /** Wanted blocks by their names in `features[]`; empty: everything. */
    blocks: jsonb().$type<string[]>().notNull(),
    /** Why it is asked for: a code, since it goes to another company. */
    reason: text().notNull(),
    state: text({ enum: ["open", "approved", "declined", "expired"] })
      .notNull()
      .default("open"),
    declineReason: text(),
    /** Of the token that answers it. */
    shareTokenId: uuid(),
    /** Who asked, on the side that asked. */
    createdByLabel: text(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    answeredByLabel: text(),
    answeredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    uniqueIndex("pull_requests_one_open")
      .on(
        table.applicationId,
        table.direction,
        table.partnerApplicationId,
        table.sessionKind,
        table.referenceKind,
        table.reference,
      )
      .where(sql`${table.state} = 'open'`),
    index("pull_requests_by_time").on(table.applicationId, table.createdAt, table.id),
    index("pull_requests_open").on(table.applicationId, table.expiresAt).where(sql`${table.state} = 'open'`),
    check("pull_requests_answered", sql`(${table.state} = 'open') = (${table.answeredAt} is null)`),
    check(
      "pull_requests_token_when_approved",
      sql`(${table.state} = 'approved') = (${table.shareTokenId} is not null)`,
    ),
    check(
      "pull_requests_reason_when_declined",
      sql`(${table.state} = 'declined') = (${table.declineReason} is not null)`,
    ),
  ],
);

/** What is done by itself in one direction of a relation, as this side has switched it on. */
export const partnerAutomations = pgTable(
  "partner_automations",
  {
    applicationId: tenant(),
    partnerApplicationId: uuid().notNull(),
    /** What this side is: the issuer mints when a session finishes, the receiver imports what arrives. */
    side: text({ enum: ["issuer", "receiver"] }).notNull(),
    enabled: boolean().notNull(),
    rule: jsonb().$type<Record<string, unknown>>().notNull(),
    version: integer().notNull(),
    setByLabel: text().notNull(),
    setAt: instant().notNull(),
  },
  (table) => [
    primaryKey({
      name: "partner_automations_once_per_side",
      columns: [table.applicationId, table.partnerApplicationId, table.side],
    }),
  ],
);

/** What came of a session that was to be minted for a partner by itself: it is minted once, whatever happens in between. */
export const automationRuns = pgTable(
  "automation_runs",
  {
    applicationId: tenant(),
    partnerApplicationId: uuid().notNull(),
    sessionId: uuid().notNull(),
    shareTokenId: uuid(),
    /** Why nothing was minted; null when it was. */
    code: text(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({
      name: "automation_runs_once_per_session",
      columns: [table.applicationId, table.partnerApplicationId, table.sessionId],
    }),
    index("automation_runs_by_time").on(table.applicationId, table.partnerApplicationId, table.at),
    check("automation_runs_token_or_code", sql`(${table.shareTokenId} is null) = (${table.code} is not null)`),
  ],
);

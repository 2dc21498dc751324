import { sql } from "drizzle-orm";
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Under which agreement something was shared: what a token, an import and a clone keep of it. */
export type AgreementRef = {
  id: string;
  version: number;
  /** SHA-256 of the text that was signed, in hex. */
  hash: string;
  /** Whether the receiver may share it with others. */
  onwardSharing: boolean;
};

// What two applications have agreed on, one way. The rows are both sides' and nobody else's, and name who signed: an
// agreement is signed by people.

const sides = {
  issuerApplicationId: uuid().notNull(),
  receiverApplicationId: uuid().notNull(),
};

/** One per direction. Whatever changes about it waits for this row. */
export const agreements = pgTable(
  "agreements",
  {
    ...sides,
    id: uuid().notNull(),
    lastVersion: integer().notNull().default(0),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "agreements_once_per_direction",
      columns: [table.issuerApplicationId, table.receiverApplicationId],
    }),
    index("agreements_of_receiver").on(table.receiverApplicationId, table.issuerApplicationId),
    unique("agreements_id_once").on(table.id),
    check("agreements_of_two", sql`${table.issuerApplicationId} <> ${table.receiverApplicationId}`),
  ],
);

/** Terms and text are written once: the program may change a version's state and nothing else of it. */
export const agreementVersions = pgTable(
  "agreement_versions",
  {
    ...sides,
    version: integer().notNull(),
    /** As `domain/agreements/rules.ts` reads them. */
    terms: jsonb().$type<Record<string, unknown>>().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    proposedBy: text({ enum: ["issuer", "receiver"] }).notNull(),
    proposedAt: instant().notNull(),
    state: text({
      enum: ["proposed", "in_force", "replaced", "superseded", "withdrawn", "declined", "terminated"],
    }).notNull(),
    inForceAt: instant(),
    /** When it was over, and whose doing that was; null when another version took its place. */
    closedAt: instant(),
    closedBy: text({ enum: ["issuer", "receiver"] }),
    reviewOn: date().notNull(),
    /** Its last day, in UTC. */
    endsOn: date(),
  },
  (table) => [
    primaryKey({
      name: "agreement_versions_number_once",
      columns: [table.issuerApplicationId, table.receiverApplicationId, table.version],
    }),
    unique("agreement_versions_hash").on(
      table.issuerApplicationId,
      table.receiverApplicationId,
      table.version,
      table.hash,
    ),
    foreignKey({
      name: "agreement_versions_of_agreement",
      columns: [table.issuerApplicationId, table.receiverApplicationId],
      foreignColumns: [agreements.issuerApplicationId, agreements.receiverApplicationId],
    }),
    uniqueIndex("agreement_versions_one_in_force")
      .on(table.issuerApplicationId, table.receiverApplicationId)
      .where(sql`${table.state} = 'in_force'`),
    uniqueIndex("agreement_versions_one_proposed")
      .on(table.issuerApplicationId, table.receiverApplicationId)
      .where(sql`${table.state} = 'proposed'`),
    index("agreement_versions_by_review").on(table.reviewOn).where(sql`${table.state} = 'in_force'`),
    check("agreement_versions_positive", sql`${table.version} > 0`),
    check(
      "agreement_versions_hash_of_text",
      sql`${table.hash} = encode(sha256(convert_to(${table.text}, 'UTF8')), 'hex')`,
    ),
    check("agreement_versions_review_before_end", sql`${table.endsOn} is null or ${table.reviewOn} <= ${table.endsOn}`),
    check(
      "agreement_versions_state_known",
      sql`${table.state} in ('proposed', 'in_force', 'replaced', 'superseded', 'withdrawn', 'declined', 'terminated')`,
    ),
  ],
);

/** Whoever signs, signs a hash: the database accepts only that of the version's own text. Never changed. */
export const agreementSignatures = pgTable(
  "agreement_signatures",
  {
    ...sides,
    version: integer().notNull(),
    side: text({ enum: ["issuer", "receiver"] }).notNull(),
    hash: text().notNull(),
    signerId: uuid().notNull(),
    signerName: text().notNull(),
    signerRole: text().notNull(),
    signedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({
      name: "agreement_signatures_once_per_side",
      columns: [table.issuerApplicationId, table.receiverApplicationId, table.version, table.side],
    }),
    // Whatever the program does: nobody signs for both.
    unique("agreement_signatures_two_people").on(
      table.issuerApplicationId,
      table.receiverApplicationId,
      table.version,
      table.signerId,
    ),
    foreignKey({
      name: "agreement_signatures_of_text",
      columns: [table.issuerApplicationId, table.receiverApplicationId, table.version, table.hash],
      foreignColumns: [
        agreementVersions.issuerApplicationId,
        agreementVersions.receiverApplicationId,
        agreementVersions.version,
        agreementVersions.hash,
      ],
    }),
    check("agreement_signatures_side_known", sql`${table.side} in ('issuer', 'receiver')`),
  ],
);

/** Reminders of a review that have been sent, so that each side is reminded once. */
export const agreementReminders = pgTable(
  "agreement_reminders",
  {
    ...sides,
    version: integer().notNull(),
    side: text({ enum: ["issuer", "receiver"] }).notNull(),
    daysBefore: integer().notNull(),
    sentAt: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "agreement_reminders_once",
      columns: [table.issuerApplicationId, table.receiverApplicationId, table.version, table.side, table.daysBefore],
    }),
    check("agreement_reminders_side_known", sql`${table.side} in ('issuer', 'receiver')`),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, boolean, check, date, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, tenant } from "./columns";

/** A verification that finished here: whether it is charged follows its status. Imports are not in it. */
export const usage = pgTable(
  "usage",
  {
    applicationId: tenant(),
    sessionId: uuid().notNull(),
    environment: text({ enum: ["sandbox", "live"] }).notNull(),
    kind: text({ enum: ["user", "business"] }).notNull(),
    /** In UTC. */
    day: date().notNull(),
    isCharged: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.sessionId] })],
);

/** The same, counted by day, with the prices that were in force when the day began to count. */
export const usageDays = pgTable(
  "usage_days",
  {
    applicationId: tenant(),
    environment: text({ enum: ["sandbox", "live"] }).notNull(),
    day: date().notNull(),
    kyc: integer().notNull().default(0),
    kyb: integer().notNull().default(0),
    /** Declined and abandoned: they cost nothing. */
    uncharged: integer().notNull().default(0),
    /** Ten-thousandths of a dollar. */
    kycPrice: bigint({ mode: "number" }).notNull(),
    kybPrice: bigint({ mode: "number" }).notNull(),
    freeKycPerMonth: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.environment, table.day] }),
    check("usage_days_counts_positive", sql`${table.kyc} >= 0 and ${table.kyb} >= 0 and ${table.uncharged} >= 0`),
  ],
);

/** Money that was asked for, and came or did not. */
export const topUps = pgTable(
  "top_ups",
  {
    applicationId: tenant(),
    id: uuid().notNull(),
    environment: text({ enum: ["sandbox", "live"] }).notNull(),
    /** Ten-thousandths of a dollar. */
    amount: bigint({ mode: "number" }).notNull(),
    status: text({ enum: ["pending", "paid", "cancelled"] })
      .notNull()
      .default("pending"),
    successUrl: text(),
    cancelUrl: text(),
    requestedByKind: text({ enum: ["member", "api_key", "system"] }).notNull(),
    requestedByLabel: text().notNull(),
    requestedAt: instant().notNull().defaultNow(),
    settledByLabel: text(),
    settledAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.applicationId, table.id] }),
    index("top_ups_by_request").on(table.applicationId, table.environment, table.requestedAt),
    check("top_ups_status_known", sql`${table.status} in ('pending', 'paid', 'cancelled')`),
    check("top_ups_amount_positive", sql`${table.amount} > 0`),
  ],
);

import { and, asc, desc, eq, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { imports, topUps, usageDays } from "@/db/schema";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import { currentPrices } from "./prices";
import {
  monthBefore,
  monthOf,
  type Prices,
  type Statement,
  statementOf,
  statementsOf,
  type Units,
  type UsageDay,
} from "./rules";

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export type TopUp = typeof topUps.$inferSelect;

/** An account is an organisation's applications of one environment together; what sandbox costs is play money. */
export interface Balance {
  balance: Units;
  paid: Units;
  charged: Units;
}

/** @throws forbidden */
export async function readBalance(actor: Actor): Promise<Balance> {
  authorize(actor, "read:billing");
  return inTenant(actor, (tx) => balanceOf(tx, actor));
}

async function balanceOf(tx: Tx, actor: Actor): Promise<Balance> {
  const [days, [paid]] = await Promise.all([
    accountDays(tx, actor),
    tx
      .select({ amount: sql<string>`coalesce(sum(${topUps.amount}), 0)::text` })
      .from(topUps)
      .where(and(eq(topUps.environment, actor.environment), eq(topUps.status, "paid"))),
  ]);
  const charged = statementsOf(days).reduce((sum, statement) => sum + statement.amount, 0);
  return { balance: Number(paid!.amount) - charged, paid: Number(paid!.amount), charged };
}

export interface UsageView {
  month: string;
  statement: Statement;
  /** The last twelve months up to this one, those without usage too. */
  months: Statement[];
  applications: { applicationId: string; name: string; kyc: number; kyb: number; uncharged: number }[];
  /** Sessions imported into the current application in the month: they cost nothing. */
  imported: number;
  balance: Balance;
  prices: Prices;
  topUps: TopUp[];
}

const MONTHS = 12;

/**
 * What an account used in a month and what it comes to.
 * @throws forbidden
 */
export async function readUsage(actor: Actor, month = monthOf(new Date())): Promise<UsageView> {
  authorize(actor, "read:billing");
  return inTenant(actor, async (tx) => {
    const first = monthBefore(month, MONTHS - 1);
    const after = monthBefore(month, -1);
    const [days, perApplication, [imported], balance, requested] = await Promise.all([
      accountDays(tx, actor, { from: `${first}-01`, before: `${after}-01` }),
      tx
        .select({
          applicationId: usageDays.applicationId,
          kyc: sql<number>`sum(${usageDays.kyc})::int`,
          kyb: sql<number>`sum(${usageDays.kyb})::int`,
          uncharged: sql<number>`sum(${usageDays.uncharged})::int`,
        })
        .from(usageDays)
        .where(
          and(
            eq(usageDays.environment, actor.environment),
            gte(usageDays.day, `${month}-01`),
            lt(usageDays.day, `${after}-01`),
          ),
        )
        .groupBy(usageDays.applicationId),
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(imports)
        .where(
          and(
            ownedBy(actor, imports),
            gte(imports.importedAt, new Date(`${month}-01T00:00:00Z`)),
            lt(imports.importedAt, new Date(`${after}-01T00:00:00Z`)),
          ),
        ),
      balanceOf(tx, actor),
      tx
        .select()
        .from(topUps)
        .where(and(ownedBy(actor, topUps), eq(topUps.environment, actor.environment)))
        .orderBy(desc(topUps.requestedAt))
        .limit(20),
    ]);
    const names = await applicationCards(
      perApplication.map((row) => row.applicationId),
      tx,
    );
    const byMonth = new Map(statementsOf(days).map((statement) => [statement.month, statement]));
    const months = Array.from({ length: MONTHS }, (_, index) => monthBefore(month, MONTHS - 1 - index));
    const statements = months.map((one) => byMonth.get(one) ?? statementOf(one, []));
    return {
      month,
      statement: statements.at(-1)!,
      months: statements,
      applications: perApplication
        .map((row) => ({ ...row, name: names.get(row.applicationId)?.name ?? row.applicationId }))
        .sort((a, b) => b.kyc + b.kyb - (a.kyc + a.kyb)),
      imported: imported?.count ?? 0,
      balance,
      prices: currentPrices(),
      topUps: requested,
    };
  });
}

/** The account's days, its applications together. Row-level security shows the counters of the own organisation. */
async function accountDays(tx: Tx, actor: Actor, within?: { from: string; before: string }): Promise<UsageDay[]> {
  return tx
    .select({
      day: usageDays.day,
      kyc: sql<number>`sum(${usageDays.kyc})::int`,
      kyb: sql<number>`sum(${usageDays.kyb})::int`,
      uncharged: sql<number>`sum(${usageDays.uncharged})::int`,
      kycPrice: sql<number>`max(${usageDays.kycPrice})::float8`,
      kybPrice: sql<number>`max(${usageDays.kybPrice})::float8`,
      freeKycPerMonth: sql<number>`max(${usageDays.freeKycPerMonth})::int`,
    })
    .from(usageDays)
    .where(
      and(
        eq(usageDays.environment, actor.environment),
        within && gte(usageDays.day, within.from),
        within && lt(usageDays.day, within.before),
      ),
    )
    .groupBy(usageDays.day)
    .orderBy(asc(usageDays.day));
}

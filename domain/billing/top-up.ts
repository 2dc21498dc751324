import { and, asc, eq } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { asWorker, directory, inTenant, type Tx } from "@/db/client";
import { applications, topUps } from "@/db/schema";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy, systemActor } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { formatUnits, TOP_UP_MAX_DOLLARS, TOP_UP_MIN_DOLLARS, UNITS_PER_DOLLAR, type Units } from "./rules";
import type { TopUp } from "./usage";

const Link = z.url({ protocol: /^https?$/, error: "Enter a valid URL." }).max(2_000);

export const TopUpInput = z.object({
  amountInDollars: z
    .number()
    .min(TOP_UP_MIN_DOLLARS)
    .max(TOP_UP_MAX_DOLLARS)
    .refine((amount) => Number.isInteger(Math.round(amount * 1e6) / 1e4), "Use at most two decimals."),
  successUrl: Link.nullish(),
  cancelUrl: Link.nullish(),
});
export type TopUpInput = z.input<typeof TopUpInput>;

/**
 * Asks for money to be put on the account. Nothing is credited before it is settled: in sandbox by whoever opens the
 * page, with play money; in live by the operator, once the payment has come in.
 * @throws forbidden, invalid_input
 */
export async function requestTopUp(actor: Actor, given: TopUpInput): Promise<TopUp> {
  authorize(actor, "write:billing");
  const input = TopUpInput.parse(given);
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .insert(topUps)
      .values({
        applicationId: actor.applicationId,
        id: uuid(),
        environment: actor.environment,
        amount: Math.round(input.amountInDollars * UNITS_PER_DOLLAR),
        successUrl: input.successUrl ?? null,
        cancelUrl: input.cancelUrl ?? null,
        requestedByKind: actor.kind,
        requestedByLabel: actor.label,
      })
      .returning();
    await recordAudit(tx, actor, {
      action: "billing.top_up_requested",
      subjectKind: "top_up",
      subjectId: row!.id,
      detail: { amount: formatUnits(row!.amount) },
    });
    return row!;
  });
}

/** @throws forbidden, not_found */
export async function readTopUp(actor: Actor, input: { id: string }): Promise<TopUp> {
  authorize(actor, "read:billing");
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(topUps)
      .where(and(ownedBy(actor, topUps), eq(topUps.id, input.id)));
    if (!row) throw new DomainError("not_found", "Not found.");
    return row;
  });
}

export interface WaitingTopUp {
  id: string;
  organisation: string;
  application: string;
  environment: TopUp["environment"];
  amount: Units;
  requestedAt: Date;
}

/** So many are shown at once; the oldest come first, and settling them shows the next. */
const MOST_WAITING = 200;

/** For whoever runs the installation: every top-up that waits, oldest first. */
export async function waitingTopUps(): Promise<WaitingTopUp[]> {
  const rows = await asWorker((tx) =>
    tx
      .select(publicColumns)
      .from(topUps)
      .where(eq(topUps.status, "pending"))
      .orderBy(asc(topUps.requestedAt))
      .limit(MOST_WAITING),
  );
  const cards = await applicationCards(rows.map((row) => row.applicationId));
  return rows.map(({ applicationId, id, environment, amount, requestedAt }) => ({
    id,
    organisation: cards.get(applicationId)?.organisationName ?? "",
    application: cards.get(applicationId)?.name ?? applicationId,
    environment,
    amount,
    requestedAt,
  }));
}

/**
 * For whoever runs the installation and has seen the money. Settling twice credits once.
 * @throws not_found, conflict when it was cancelled
 */
export async function settleAsOperator(id: string): Promise<{ topUp: TopUp; wasPaid: boolean }> {
  const [found] = await asWorker((tx) => tx.select(publicColumns).from(topUps).where(eq(topUps.id, id)));
  const [application] = found
    ? await directory().select().from(applications).where(eq(applications.id, found.applicationId))
    : [];
  if (!found || !application) throw new DomainError("not_found", "There is no such top-up.");
  const topUp = await settleTopUp({ ...systemActor(application), id: "operator", label: "operator" }, { id });
  return { topUp, wasPaid: found.status === "paid" };
}

/** What the operator may see of a top-up: not who asked, and not where they are led afterwards. */
const publicColumns = {
  applicationId: topUps.applicationId,
  id: topUps.id,
  environment: topUps.environment,
  amount: topUps.amount,
  status: topUps.status,
  requestedAt: topUps.requestedAt,
};

/**
 * Credits a top-up, once. A live one is the operator's to settle, who has seen the money.
 * @throws forbidden, not_found, conflict
 */
export async function settleTopUp(actor: Actor, input: { id: string }): Promise<TopUp> {
  if (actor.kind !== "system") authorize(actor, "write:billing");
  return inTenant(actor, async (tx) => {
    const row = await lockTopUp(tx, actor, input.id);
    if (row.environment === "live" && actor.kind !== "system")
      throw new DomainError("forbidden", "Whoever runs this installation settles live top-ups.");
    return settle(tx, actor, row, "paid");
  });
}

/** @throws forbidden, not_found, conflict */
export async function cancelTopUp(actor: Actor, input: { id: string }): Promise<TopUp> {
  authorize(actor, "write:billing");
  return inTenant(actor, async (tx) => settle(tx, actor, await lockTopUp(tx, actor, input.id), "cancelled"));
}

async function settle(tx: Tx, actor: Actor, row: TopUp, status: "paid" | "cancelled"): Promise<TopUp> {
  if (row.status === status) return row;
  if (row.status !== "pending") throw new DomainError("conflict", `This top-up is ${row.status} already.`);
  const [after] = await tx
    .update(topUps)
    .set({ status, settledAt: new Date(), settledByLabel: actor.label })
    .where(and(ownedBy(actor, topUps), eq(topUps.id, row.id)))
    .returning();
  await recordAudit(tx, actor, {
    action: status === "paid" ? "billing.top_up_paid" : "billing.top_up_cancelled",
    subjectKind: "top_up",
    subjectId: row.id,
    detail: { amount: formatUnits(row.amount) },
  });
  return after!;
}

async function lockTopUp(tx: Tx, actor: Actor, id: string): Promise<TopUp> {
  const [row] = await tx
    .select()
    .from(topUps)
    .where(and(ownedBy(actor, topUps), eq(topUps.id, id)))
    .for("update");
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

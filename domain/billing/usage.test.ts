import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { systemActor } from "../actor";
import { reviewSession } from "../sessions/review";
import { codeOf, newApplication, newPair, newPerson, refusalOf, share, type TestApplication } from "../testing";
import { meter } from "./meter";
import { cancelTopUp, readTopUp, requestTopUp, settleAsOperator, settleTopUp, waitingTopUps } from "./top-up";
import { readBalance, readUsage } from "./usage";

const at = new Date("2026-11-10T12:00:00Z");

async function finish(
  application: TestApplication,
  kind: "user" | "business",
  status: string,
  count = 1,
  moment = at,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await inTenant({ applicationId: application.id }, (tx) =>
    meter(
      tx,
      application.id,
      ids.map((sessionId) => ({ sessionId, environment: application.actor.environment, kind, status, at: moment })),
    ),
  );
  return ids;
}

describe("usage", () => {
  it("counts what was approved or waits for a decision, and nothing that was declined or abandoned", async () => {
    const application = await newApplication();
    await finish(application, "user", "Approved", 2);
    await finish(application, "user", "In Review");
    await finish(application, "user", "Declined");
    await finish(application, "business", "Abandoned");
    await finish(application, "business", "Approved");
    const { statement, balance } = await readUsage(application.actor, "2026-11");
    expect(statement).toMatchObject({ kyc: 3, kyb: 1, uncharged: 2, kycFree: 3, kycCharged: 0, amount: 20_000 });
    expect(balance).toEqual({ balance: -20_000, paid: 0, charged: 20_000 });
  });

  it("is free for the first 500 persons of an organisation's month, its applications together", async () => {
    const first = await newApplication();
    const second = await newApplication({ organisationId: first.organisationId });
    await finish(first, "user", "Approved", 499);
    expect((await readBalance(second.actor)).charged).toBe(0);
    await finish(second, "user", "Approved", 3);
    for (const { actor } of [first, second]) expect((await readBalance(actor)).charged).toBe(2 * 3_000);
    const { applications } = await readUsage(first.actor, "2026-11");
    expect(applications.map(({ name, kyc }) => [name, kyc])).toEqual([
      [first.name, 499],
      [second.name, 3],
    ]);
  });

  it("of sandbox and of live are two accounts", async () => {
    const sandbox = await newApplication();
    const live = await newApplication({ organisationId: sandbox.organisationId, environment: "live" });
    await finish(sandbox, "business", "Approved");
    expect([(await readBalance(sandbox.actor)).charged, (await readBalance(live.actor)).charged]).toEqual([20_000, 0]);
  });

  it("of another organisation is not seen", async () => {
    const { issuer, receiver } = await newPair();
    await finish(issuer, "business", "Approved", 2);
    expect((await readBalance(receiver.actor)).charged).toBe(0);
    expect((await readUsage(receiver.actor, "2026-11")).applications).toEqual([]);
  });

  it("follows a later decision, on the day of the verification", async () => {
    const application = await newApplication();
    const session = await newPerson(application, { status: "In Review" });
    await inTenant({ applicationId: application.id }, (tx) =>
      meter(tx, application.id, [
        { sessionId: session.id, environment: "sandbox", kind: "user", status: "In Review", at },
      ]),
    );
    const counts = async () => {
      const { kyc, uncharged } = (await readUsage(application.actor, "2026-11")).statement;
      return [kyc, uncharged];
    };
    expect(await counts()).toEqual([1, 0]);
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Declined" });
    expect(await counts()).toEqual([0, 1]);
    await reviewSession(application.actor, { sessionId: session.id, newStatus: "Approved" });
    expect(await counts()).toEqual([1, 0]);
  });

  it("of an import and of what is brought in is nothing, and reviewing them changes nothing", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id);
    await reviewSession(receiver.actor, { sessionId: imported.sessionId, newStatus: "Approved" });
    for (const { actor } of [issuer, receiver]) expect((await readBalance(actor)).charged).toBe(0);
    const now = await readUsage(receiver.actor);
    expect([now.imported, now.statement.kyc]).toEqual([1, 0]);
  });

  it("is counted once, however many count it and however often", async () => {
    const application = await newApplication();
    const sessionId = randomUUID();
    const once = () =>
      inTenant({ applicationId: application.id }, (tx) =>
        meter(tx, application.id, [{ sessionId, environment: "sandbox", kind: "user", status: "Approved", at }]),
      );
    await Promise.all(Array.from({ length: 6 }, once));
    await once();
    expect((await readUsage(application.actor, "2026-11")).statement.kyc).toBe(1);
  });

  it("has twelve months, with the empty ones", async () => {
    const application = await newApplication();
    await finish(application, "user", "Approved", 1, new Date("2026-08-31T23:59:59Z"));
    const { months } = await readUsage(application.actor, "2026-11");
    expect(months.map(({ month }) => month)).toEqual([
      ...["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"],
      ...["2026-09", "2026-10", "2026-11"],
    ]);
    expect(months.map(({ kyc }) => kyc)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  });
});

describe("a top-up", () => {
  it("is credited when it is settled, once", async () => {
    const { actor } = await newApplication();
    const asked = await requestTopUp(actor, { amountInDollars: 142.5 });
    expect([asked.status, (await readBalance(actor)).balance]).toEqual(["pending", 0]);
    await Promise.all([settleTopUp(actor, { id: asked.id }), settleTopUp(actor, { id: asked.id })]);
    expect((await readBalance(actor)).balance).toBe(1_425_000);
    expect(await codeOf(cancelTopUp(actor, { id: asked.id }))).toBe("conflict");
  });

  it("that is cancelled is not credited, and not settled afterwards", async () => {
    const { actor } = await newApplication();
    const asked = await requestTopUp(actor, { amountInDollars: 50 });
    await cancelTopUp(actor, { id: asked.id });
    expect(await codeOf(settleTopUp(actor, { id: asked.id }))).toBe("conflict");
    expect((await readBalance(actor)).balance).toBe(0);
  });

  it("of a live account is settled by the operator alone", async () => {
    const live = await newApplication({ environment: "live" });
    const asked = await requestTopUp(live.actor, { amountInDollars: 50 });
    expect(await codeOf(settleTopUp(live.actor, { id: asked.id }))).toBe("forbidden");
    const operator = systemActor({
      id: live.id,
      organisationId: live.organisationId,
      environment: "live",
      kybStatusFormat: "title",
    });
    await settleTopUp(operator, { id: asked.id });
    expect((await readBalance(live.actor)).balance).toBe(500_000);
  });

  it("that waits is listed for the operator, who credits it once and is named in the audit trail", async () => {
    const { actor, id, name } = await newApplication({ environment: "live" });
    const asked = await requestTopUp(actor, { amountInDollars: 75 });
    const mine = async () => (await waitingTopUps()).filter((one) => one.id === asked.id);
    expect(await mine()).toMatchObject([{ application: name, environment: "live", amount: 750_000 }]);
    expect((await mine())[0]).not.toHaveProperty("requestedByLabel");
    const tries = await Promise.all([settleAsOperator(asked.id), settleAsOperator(asked.id)]);
    expect(tries.map(({ topUp }) => topUp.status)).toEqual(["paid", "paid"]);
    expect(await settleAsOperator(asked.id)).toMatchObject({ wasPaid: true, topUp: { settledByLabel: "operator" } });
    expect([(await readBalance(actor)).balance, await mine()]).toEqual([750_000, []]);
    const entries = await inTenant({ applicationId: id }, (tx) =>
      tx
        .select({ actor: auditEntries.actorLabel, action: auditEntries.action })
        .from(auditEntries)
        .where(and(eq(auditEntries.applicationId, id), eq(auditEntries.action, "billing.top_up_paid"))),
    );
    expect(entries).toEqual([{ actor: "operator", action: "billing.top_up_paid" }]);
    expect(await codeOf(settleAsOperator(randomUUID()))).toBe("not_found");
    const cancelled = await requestTopUp(actor, { amountInDollars: 75 });
    await cancelTopUp(actor, { id: cancelled.id });
    expect(await codeOf(settleAsOperator(cancelled.id))).toBe("conflict");
  });

  it("is between 50 and 100,000 dollars, to the cent", async () => {
    const { actor } = await newApplication();
    for (const amountInDollars of [49.99, 100_000.01, 60.005, Number.NaN])
      await expect(requestTopUp(actor, { amountInDollars })).rejects.toThrow();
    for (const amountInDollars of [50, 99.99, 100_000]) await requestTopUp(actor, { amountInDollars });
  });

  it("is nobody else's, and needs the privilege", async () => {
    const { issuer, receiver } = await newPair();
    const asked = await requestTopUp(issuer.actor, { amountInDollars: 50 });
    for (const act of [readTopUp, settleTopUp, cancelTopUp])
      expect(await codeOf(act(receiver.actor, { id: asked.id }))).toBe("not_found");
    const reader = await newApplication({ privileges: ["read:billing"] });
    expect((await refusalOf(requestTopUp(reader.actor, { amountInDollars: 50 }))).code).toBe("forbidden");
  });
});

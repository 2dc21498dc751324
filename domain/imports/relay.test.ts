import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asWorker, inTenant } from "@/db/client";
import { auditEntries, outbox, sessions, shareTokens } from "@/db/schema";
import { carryFrom, mintFor, newApplication, newPair, newPerson, share, type TestApplication } from "../testing";
import { importSharedSession } from "./import";

const redeemedEntries = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.action, "share_token.redeemed")),
  );

const tokenRow = async (application: TestApplication, id: string) => {
  const [row] = await inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(shareTokens)
      .where(and(eq(shareTokens.applicationId, application.id), eq(shareTokens.id, id))),
  );
  return row!;
};

describe("what the issuer learns of a redemption", () => {
  it("is the time on the token at once, and an entry in its trail through the outbox", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await importSharedSession(receiver.actor, { shareToken: token });
    expect((await tokenRow(issuer, id)).redeemedAt).toBeInstanceOf(Date);
    await carryFrom(receiver);
    const [entry] = await redeemedEntries(issuer);
    expect(entry).toMatchObject({
      subjectKind: "share_token",
      subjectId: id,
      counterpartyApplicationId: receiver.id,
      actorKind: "system",
    });
  });

  it("comes once, even when the worker carries it again", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await importSharedSession(receiver.actor, { shareToken: token });
    await carryFrom(receiver);
    const first = await tokenRow(issuer, id);
    // As after a worker that died before it could mark the event as carried.
    await asWorker((tx) =>
      tx.update(outbox).set({ doneAt: null, availableAt: new Date() }).where(eq(outbox.applicationId, receiver.id)),
    );
    await carryFrom(receiver);
    expect(await redeemedEntries(issuer)).toHaveLength(1);
    expect((await tokenRow(issuer, id)).redeemedAt).toEqual(first.redeemedAt);
  });

  it("comes once, even when several workers carry at the same time", async () => {
    const { issuer, receiver } = await newPair();
    for (let count = 0; count < 5; count++) await share(issuer, receiver, (await newPerson(issuer)).id);
    await Promise.all([carryFrom(receiver), carryFrom(receiver), carryFrom(receiver)]);
    expect(await redeemedEntries(issuer)).toHaveLength(5);
  });

  it("is nothing when another application's event claims to be about its token", async () => {
    const { issuer, receiver } = await newPair();
    const liar = await newApplication();
    const { id } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await inTenant({ applicationId: liar.id }, (tx) =>
      tx.insert(outbox).values({
        applicationId: liar.id,
        id,
        type: "share_token.redeemed",
        toApplicationId: issuer.id,
        payload: { share_token_id: id, session_id: id, at: new Date().toISOString() },
      }),
    );
    await carryFrom(liar);
    expect((await tokenRow(issuer, id)).redeemedAt).toBeNull();
    expect(await redeemedEntries(issuer)).toEqual([]);
  });
});

describe("session numbers", () => {
  it("are unique and without gaps under twenty imports at the same time", async () => {
    const { issuer, receiver } = await newPair();
    const tokens = [];
    for (let count = 0; count < 20; count++) tokens.push(await mintFor(issuer, receiver, (await newPerson(issuer)).id));
    const imported = await Promise.all(
      tokens.map(({ token }) => importSharedSession(receiver.actor, { shareToken: token })),
    );
    const numbers = imported.map((one) => one.sessionNumber).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const rows = await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.select({ number: sessions.sessionNumber }).from(sessions).where(eq(sessions.applicationId, receiver.id)),
    );
    expect(rows).toHaveLength(20);
  });

  it("increase in the order in which sessions become visible", async () => {
    const { issuer, receiver } = await newPair();
    const numbers: number[] = [];
    for (let count = 0; count < 4; count++)
      numbers.push((await share(issuer, receiver, (await newPerson(issuer)).id)).sessionNumber);
    expect(numbers).toEqual([1, 2, 3, 4]);
  });
});

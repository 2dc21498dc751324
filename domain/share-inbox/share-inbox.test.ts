import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, outbox, shareInbox, webhookEvents } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { mintShareToken } from "../share-tokens/mint";
import { revokeShareToken } from "../share-tokens/revoke";
import type { ShareInput } from "../share-tokens/terms";
import { asOwner, carryFrom, codeOf, newApplication, newPair, newPerson, type TestApplication } from "../testing";
import { buildMessages } from "../webhooks/message";
import { receiveToken } from "./carry";
import { expireInboxes } from "./expire";
import { acknowledgeToken, countWaiting, listInbox, readInboxItem } from "./inbox";
import type { HandOff } from "./rules";

const inboxOf = async (application: TestApplication) => (await listInbox(application.actor, {}, null, 50)).rows;

const rowsOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) => tx.select().from(shareInbox));

const trailOf = (application: TestApplication, shareTokenId: string) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (
      await tx
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(and(eq(auditEntries.applicationId, application.id), eq(auditEntries.subjectId, shareTokenId)))
    )
      .map(({ action }) => action)
      .sort(),
  );

const eventsOf = (application: TestApplication, type: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(webhookEvents).where(eq(webhookEvents.type, type)),
  );

async function handOver(
  issuer: TestApplication,
  receiver: TestApplication,
  handOff: HandOff = "inbox",
  share?: ShareInput,
) {
  const session = await newPerson(issuer);
  return mintShareToken(issuer.actor, {
    sessionId: session.id,
    forApplicationId: receiver.id,
    handOff,
    ...(share && { share }),
  });
}

describe("a token handed over by the inbox", () => {
  it("arrives as it was minted, sealed, and both sides are told", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await handOver(issuer, receiver, "inbox", { omit: ["AML"], media: false });
    await carryFrom(issuer);
    const [item] = await inboxOf(receiver);
    expect(item).toMatchObject({
      state: "waiting",
      issuer: { name: issuer.name },
      entry: {
        shareTokenId: minted.id,
        sourceSessionId: minted.sessionId,
        sessionKind: "user",
        handOff: "inbox",
        terms: { omit: ["AML"], media: false },
        expiresAt: minted.expiresAt,
      },
    });
    expect(item!.entry).not.toHaveProperty("sealedToken");
    const [row] = await rowsOf(receiver);
    expect(row!.sealedToken!.includes(minted.token.slice(0, 20))).toBe(false);
    expect((await readInboxItem(receiver.actor, { shareTokenId: minted.id })).token).toBe(minted.token);
    expect(await countWaiting(receiver.actor)).toBe(1);

    await carryFrom(receiver);
    expect(await trailOf(receiver, minted.id)).toEqual(["share_token.received"]);
    expect(await trailOf(issuer, minted.id)).toEqual(["share_token.delivered", "share_token.mint"]);
    expect((await eventsOf(issuer, "share_token.delivered")).map(({ payload }) => payload)).toEqual([
      {
        share_token_id: minted.id,
        session_id: minted.sessionId,
        for_application_id: receiver.id,
        hand_off: "inbox",
        state: "delivered",
      },
    ]);
  });

  it("travels as an id: what is queued between the two holds no token", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await handOver(issuer, receiver);
    const queued = await inTenant({ applicationId: issuer.id }, (tx) => tx.select().from(outbox));
    expect(queued.map(({ type, payload }) => ({ type, payload }))).toEqual([
      { type: "share_token.received", payload: { share_token_id: minted.id } },
    ]);
  });

  it("arrives once, although a worker dies before it has said so and another carries it again", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await handOver(issuer, receiver);
    const [relay] = await inTenant({ applicationId: issuer.id }, (tx) => tx.select().from(outbox));
    await Promise.all([receiveToken(receiver.actor, relay!), receiveToken(receiver.actor, relay!)]);
    await carryFrom(issuer);
    expect(await inboxOf(receiver)).toHaveLength(1);
    expect(await eventsOf(receiver, "share_token.received")).toHaveLength(1);
    expect(await trailOf(receiver, minted.id)).toEqual(["share_token.received"]);
  });

  it("is not put there when it is handed over by hand, nor after it was taken back", async () => {
    const { issuer, receiver } = await newPair();
    await handOver(issuer, receiver, "manual");
    const { id } = await handOver(issuer, receiver);
    await revokeShareToken(issuer.actor, { shareTokenId: id });
    await carryFrom(issuer);
    expect(await inboxOf(receiver)).toEqual([]);
  });

  it("is forgotten when it is redeemed, from there or however it came", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await handOver(issuer, receiver);
    await carryFrom(issuer);
    await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect((await inboxOf(receiver))[0]).toMatchObject({
      state: "redeemed",
      entry: { settledByLabel: receiver.actor.label },
    });
    expect((await rowsOf(receiver))[0]!.sealedToken).toBeNull();
    expect((await readInboxItem(receiver.actor, { shareTokenId: minted.id })).token).toBeNull();
    expect(await codeOf(acknowledgeToken(receiver.actor, { shareTokenId: minted.id }))).toBe("transition_not_allowed");
  });

  it("is acknowledged once, even when two do it in the same instant, and can still be redeemed", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await handOver(issuer, receiver);
    await carryFrom(issuer);
    const answers = await Promise.all(
      [1, 2, 3].map(() => acknowledgeToken(receiver.actor, { shareTokenId: minted.id })),
    );
    expect(new Set(answers.map(({ acknowledgedAt }) => acknowledgedAt.getTime())).size).toBe(1);
    expect(await trailOf(receiver, minted.id)).toEqual(["share_token.acknowledge", "share_token.received"]);
    expect((await rowsOf(receiver))[0]).toMatchObject({ state: "acknowledged", sealedToken: null });
    await carryFrom(receiver);
    expect(await trailOf(issuer, minted.id)).toEqual([
      "share_token.acknowledged",
      "share_token.delivered",
      "share_token.mint",
    ]);
    await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect((await inboxOf(receiver))[0]!.state).toBe("redeemed");
  });

  it("shows at once that it was taken back, and is forgotten when that is carried", async () => {
    const { issuer, receiver } = await newPair();
    const { id } = await handOver(issuer, receiver);
    await carryFrom(issuer);
    await revokeShareToken(issuer.actor, { shareTokenId: id });
    expect(await readInboxItem(receiver.actor, { shareTokenId: id })).toMatchObject({ state: "expired", token: null });
    expect(await codeOf(acknowledgeToken(receiver.actor, { shareTokenId: id }))).toBe("transition_not_allowed");
    expect(await countWaiting(receiver.actor)).toBe(0);
    await carryFrom(issuer);
    expect((await rowsOf(receiver))[0]).toMatchObject({ state: "revoked", sealedToken: null });
  });

  it("is forgotten when its time is over", async () => {
    const { issuer, receiver } = await newPair();
    const { id } = await handOver(issuer, receiver);
    await carryFrom(issuer);
    await asOwner((owner) => owner`update share_inbox set expires_at = now() where share_token_id = ${id}`);
    expect(await readInboxItem(receiver.actor, { shareTokenId: id })).toMatchObject({ state: "expired", token: null });
    expect((await listInbox(receiver.actor, { state: "expired" }, null, 50)).rows).toHaveLength(1);
    expect((await listInbox(receiver.actor, { state: "waiting" }, null, 50)).rows).toHaveLength(0);
    await expireInboxes();
    expect((await rowsOf(receiver))[0]).toMatchObject({ state: "expired", sealedToken: null });
  });

  it("is read by whoever may import, and by nobody of another application", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { id: shareTokenId } = await handOver(issuer, receiver);
    await carryFrom(issuer);
    const reader = { ...receiver.actor, privileges: new Set(["read:sessions" as const]) };
    expect((await listInbox(reader, {}, null, 50)).rows).toHaveLength(1);
    for (const act of [readInboxItem, acknowledgeToken]) {
      expect(await codeOf(act(reader, { shareTokenId }))).toBe("forbidden");
      for (const other of [stranger, issuer])
        expect(await codeOf(act(other.actor, { shareTokenId }))).toBe("not_found");
    }
    expect(await inboxOf(stranger)).toEqual([]);
    const limited = { ...receiver.actor, limits: { workflowIds: null, statuses: ["Approved"], media: true } };
    expect(await codeOf(listInbox(limited, {}, null, 50))).toBe("forbidden");
  });

  it("is listed page by page, newest first", async () => {
    const { issuer, receiver } = await newPair();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await handOver(issuer, receiver)).id);
    await carryFrom(issuer);
    const first = await listInbox(receiver.actor, {}, null, 2);
    const second = await listInbox(receiver.actor, { partnerApplicationId: issuer.id }, first.next, 2);
    expect([...first.rows, ...second.rows].map(({ entry }) => entry.shareTokenId).sort()).toEqual(ids.sort());
    expect(second.next).toBeNull();
  });
});

describe("a token that is pushed", () => {
  it("is in the message to the receiver's own endpoint while it waits; otherwise the message only says that there is one", async () => {
    const { issuer, receiver } = await newPair();
    const [pushed, kept, used] = [
      await handOver(issuer, receiver, "push"),
      await handOver(issuer, receiver, "inbox"),
      await handOver(issuer, receiver, "push"),
    ];
    await carryFrom(issuer);
    await acknowledgeToken(receiver.actor, { shareTokenId: used.id });
    const events = await eventsOf(receiver, "share_token.received");
    const messages = await inTenant({ applicationId: receiver.id }, (tx) => buildMessages(tx, receiver.actor, events));
    const told = new Map([...messages.values()].map(({ json }) => [json.share_token_id, json]));
    expect(told.get(pushed.id)).toMatchObject({
      webhook_type: "share_token.received",
      hand_off: "push",
      share_token: pushed.token,
      from_application_id: issuer.id,
    });
    expect(told.get(kept.id)).not.toHaveProperty("share_token");
    expect(told.get(used.id)).toMatchObject({ share_token: null });
    expect(JSON.stringify(events)).not.toContain(pushed.token);
  });
});

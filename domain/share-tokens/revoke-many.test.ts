import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, imports, outbox, partnerships, shareTokenEvents, shareTokens } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { stepRelation } from "../partners/pairing";
import {
  carryFrom,
  codeOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { mintShareToken } from "./mint";
import { revokeSharesOfSession, revokeShareToken, stopSharingWith } from "./revoke";

const tokensOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(shareTokens).where(eq(shareTokens.applicationId, application.id)),
  );

const eventsOf = (application: TestApplication, shareTokenId: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(shareTokenEvents)
      .where(eq(shareTokenEvents.shareTokenId, shareTokenId))
      .orderBy(shareTokenEvents.at, shareTokenEvents.id),
  );

/** What the other side did comes with a worker, and any test's worker carries it. */
const ownEventsOf = async (application: TestApplication, shareTokenId: string) =>
  (await eventsOf(application, shareTokenId)).filter(({ actorKind }) => actorKind !== "partner");

const entriesOf = (application: TestApplication, action: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.action, action)),
  );

const expire = (application: TestApplication, id: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx
      .update(shareTokens)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(and(eq(shareTokens.applicationId, application.id), eq(shareTokens.id, id))),
  );

describe("revoking every open token of a session", () => {
  it("ends them whoever they are for, leaves others alone, and is one entry in the trail", async () => {
    const { issuer, receiver } = await newPair();
    const other = await newApplication();
    const [session, another] = [await newPerson(issuer), await newPerson(issuer)];
    const open = [await mintFor(issuer, receiver, session.id), await mintFor(issuer, other, session.id)];
    const late = await mintFor(issuer, receiver, session.id);
    await expire(issuer, late.id);
    const elsewhere = await mintFor(issuer, receiver, another.id);
    expect(await revokeSharesOfSession(issuer.actor, { sessionId: session.id })).toEqual({ revoked: 2 });
    for (const [token, of] of [
      [open[0]!, receiver],
      [open[1]!, other],
    ] as const)
      expect(await codeOf(importSharedSession(of.actor, { shareToken: token.token }))).toBe("share_token_invalid");
    expect((await importSharedSession(receiver.actor, { shareToken: elsewhere.token })).sessionId).toBeTruthy();
    const [entry, ...rest] = await entriesOf(issuer, "session.shares_revoked");
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ subjectKind: "session", subjectId: session.id, detail: { tokens: 2 } });
    expect((await tokensOf(issuer)).find(({ id }) => id === late.id)!.revokedAt).toBeNull();
    expect((await ownEventsOf(issuer, open[0]!.id)).map((one) => [one.event, one.code, one.actorLabel])).toEqual([
      ["minted", null, issuer.actor.label],
      ["revoked", "session", issuer.actor.label],
    ]);
  });

  it("ends none a second time", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    await mintFor(issuer, receiver, session.id);
    await revokeSharesOfSession(issuer.actor, { sessionId: session.id });
    expect(await revokeSharesOfSession(issuer.actor, { sessionId: session.id })).toEqual({ revoked: 0 });
  });

  it("is for whoever has the session: for anybody else it is not there", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    await mintFor(issuer, receiver, session.id);
    expect(await codeOf(revokeSharesOfSession(receiver.actor, { sessionId: session.id }))).toBe("not_found");
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(revokeSharesOfSession(reader, { sessionId: session.id }))).toBe("forbidden");
  });
});

describe("the kill switch", () => {
  it("ends every open token of the partner and pauses handing over to it, and only that", async () => {
    const { issuer, receiver } = await newPair();
    const other = await newApplication();
    const sessions = [await newPerson(issuer), await newPerson(issuer)];
    const minted = [await mintFor(issuer, receiver, sessions[0]!.id), await mintFor(issuer, receiver, sessions[1]!.id)];
    const elsewhere = await mintFor(issuer, other, sessions[0]!.id);
    await share(receiver, issuer, (await newPerson(receiver)).id);
    expect(await stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id })).toMatchObject({
      revoked: 2,
      relation: { as: "issuer", state: "paused", pausedByUs: true },
    });
    for (const { token } of minted)
      expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("share_token_invalid");
    expect(await codeOf(mintFor(issuer, receiver, sessions[0]!.id))).toBe("partner_paused");
    expect((await importSharedSession(other.actor, { shareToken: elsewhere.token })).sessionId).toBeTruthy();
    // What the partner hands to us goes on.
    expect((await share(receiver, issuer, (await newPerson(receiver)).id)).sessionId).toBeTruthy();
    const entries = await entriesOf(issuer, "partner.shares_revoked");
    expect(entries.map(({ subjectId, detail }) => [subjectId, detail])).toEqual([
      [receiver.id, { tokens: 2, state: "paused" }],
    ]);
    expect((await ownEventsOf(issuer, minted[0]!.id)).map((one) => [one.event, one.code])).toEqual([
      ["minted", null],
      ["revoked", "partner"],
    ]);
    await carryFrom(issuer);
    expect((await entriesOf(receiver, "partner.relation_changed")).at(-1)!.detail).toEqual({
      side: "receiver",
      state: "paused",
    });
  });

  it("leaves a relation that has ended, or that the partner has paused, as it is", async () => {
    const { issuer, receiver } = await newPair();
    await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await stepRelation(receiver.actor, { partnerApplicationId: issuer.id, as: "receiver", step: "pause" });
    const stopped = await stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id });
    expect(stopped).toMatchObject({ revoked: 1, relation: { state: "paused", pausedByUs: false } });
    await stepRelation(receiver.actor, { partnerApplicationId: issuer.id, as: "receiver", step: "end" });
    expect(await stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id })).toMatchObject({
      revoked: 0,
      relation: { state: "ended" },
    });
  });

  it("is there for partners only, and for whoever may change partners and sessions", async () => {
    const { issuer, receiver } = await newPair();
    const stop = (actor: typeof issuer.actor) => codeOf(stopSharingWith(actor, { partnerApplicationId: receiver.id }));
    expect(await stop(issuer.actor)).toBe("not_found");
    await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    for (const privilege of ["write:partners", "write:sessions"] as const)
      expect(await stop({ ...issuer.actor, privileges: new Set([privilege]) })).toBe("forbidden");
    const limits = { workflowIds: [issuer.workflows.user], statuses: null, media: true };
    expect(await stop({ ...issuer.actor, limits })).toBe("forbidden");
    expect((await tokensOf(issuer))[0]!.revokedAt).toBeNull();
  });

  it("ends more of them than one statement can have parameters, all or none", async () => {
    const { issuer, receiver } = await newPair();
    const first = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const more = 14_000;
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.execute(sql`
        insert into share_tokens
        select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'hand_off', 'inbox',
          'digest', '\\x' || encode(sha256(gen_random_uuid()::text::bytea), 'hex')))).*
        from share_tokens one, generate_series(1, ${more}) where one.id = ${first.id}`),
    );
    const { revoked } = await stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id });
    expect(revoked).toBe(more + 1);
    const [told] = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(outbox)
        .where(and(eq(outbox.toApplicationId, receiver.id), eq(outbox.type, "share_token.revoked"))),
    );
    expect(told!.count).toBe(more);
    // Other tests' workers would carry them all.
    await inTenant({ applicationId: issuer.id }, (tx) => tx.delete(outbox).where(eq(outbox.applicationId, issuer.id)));
  });

  it("leaves no token behind that was being minted in the same instant", async () => {
    for (let round = 0; round < 3; round++) {
      const { issuer, receiver } = await newPair();
      const session = await newPerson(issuer);
      await mintFor(issuer, receiver, session.id);
      const mints = Array.from({ length: 12 }, () =>
        mintShareToken(issuer.actor, { sessionId: session.id, forApplicationId: receiver.id }).catch(() => null),
      );
      await Promise.all([...mints, stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id })]);
      expect((await tokensOf(issuer)).filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
    }
  });

  it("against twenty redemptions leaves each token either redeemed or revoked, never both", async () => {
    const { issuer, receiver } = await newPair();
    const minted = [];
    for (let count = 0; count < 20; count++) minted.push(await mintFor(issuer, receiver, (await newPerson(issuer)).id));
    const redemptions = minted.map(async ({ id, token }) => {
      try {
        await importSharedSession(receiver.actor, { shareToken: token });
        return [id, "redeemed"] as const;
      } catch {
        return [id, "refused"] as const;
      }
    });
    const stop = new Promise((resolve) => setTimeout(resolve, 40)).then(() =>
      stopSharingWith(issuer.actor, { partnerApplicationId: receiver.id }),
    );
    const [stopped, ...outcomes] = await Promise.all([stop, ...redemptions]);
    const rows = new Map((await tokensOf(issuer)).map((row) => [row.id, row]));
    const claimed = await inTenant({ applicationId: receiver.id }, (tx) => tx.select().from(imports));
    expect(new Set(claimed.map((row) => row.shareTokenId))).toEqual(
      new Set(outcomes.filter(([, outcome]) => outcome === "redeemed").map(([id]) => id)),
    );
    for (const [id, outcome] of outcomes) {
      const { redeemedAt, revokedAt } = rows.get(id)!;
      expect([redeemedAt !== null, revokedAt !== null], id).toEqual([outcome === "redeemed", outcome !== "redeemed"]);
    }
    expect(stopped.revoked).toBe(outcomes.filter(([, outcome]) => outcome === "refused").length);
    await carryFrom(receiver);
    for (const [id, outcome] of outcomes) {
      const ends = (await eventsOf(issuer, id)).map((one) => one.event).filter((one) => one.startsWith("re"));
      expect(ends.filter((one) => one !== "refused")).toEqual([outcome === "redeemed" ? "redeemed" : "revoked"]);
    }
    expect(
      (await inTenant({ applicationId: issuer.id }, (tx) => tx.select().from(partnerships))).map((row) => row.state),
    ).toEqual(["paused"]);
  });
});

describe("revoking against redeeming", () => {
  it("is decided by the token's row: at once, without waiting for the news", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await importSharedSession(receiver.actor, { shareToken: token });
    expect(await codeOf(revokeShareToken(issuer.actor, { shareTokenId: id }))).toBe("transition_not_allowed");
  });

  it("has one winner, in every order", async () => {
    const { issuer, receiver } = await newPair();
    for (let round = 0; round < 12; round++) {
      const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
      const redeem = () => importSharedSession(receiver.actor, { shareToken: token }).then(() => "redeemed" as const);
      const revoke = () =>
        new Promise((resolve) => setTimeout(resolve, round * 2)).then(() =>
          revokeShareToken(issuer.actor, { shareTokenId: id }),
        );
      const [redeemed, revoked] = await Promise.allSettled([redeem(), revoke()]);
      expect([redeemed.status, revoked.status].sort(), `round ${round}`).toEqual(["fulfilled", "rejected"]);
    }
  });

  it("tells its holder of a revoked token what it tells of an expired one, and the issuer which it was", async () => {
    const { issuer, receiver } = await newPair();
    const [revoked, expired] = [
      await mintFor(issuer, receiver, (await newPerson(issuer)).id),
      await mintFor(issuer, receiver, (await newPerson(issuer)).id),
    ];
    await revokeShareToken(issuer.actor, { shareTokenId: revoked.id });
    await expire(issuer, expired.id);
    const [one, two] = [
      await refusalOf(importSharedSession(receiver.actor, { shareToken: revoked.token })),
      await refusalOf(importSharedSession(receiver.actor, { shareToken: expired.token })),
    ];
    expect([one.code, one.message, one.extras]).toEqual([two.code, two.message, two.extras]);
    await carryFrom(receiver);
    const heard = new Map((await entriesOf(issuer, "share_token.refused")).map((entry) => [entry.subjectId, entry]));
    expect(heard.get(revoked.id)!.detail).toMatchObject({ code: "share_token_invalid", reason: "revoked" });
    expect(heard.get(expired.id)!.detail).toMatchObject({ code: "share_token_invalid", reason: "expired" });
    expect((await eventsOf(issuer, revoked.id)).map((event) => [event.event, event.code])).toEqual([
      ["minted", null],
      ["revoked", "token"],
      ["refused", "revoked"],
    ]);
    expect((await eventsOf(receiver, revoked.id)).map((event) => [event.event, event.code])).toEqual([
      ["refused", "share_token_invalid"],
    ]);
  });
});

import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { applications, auditEntries, partners, sessions, shareTokens, webhookEvents } from "@/db/schema";
import type { SessionStatus } from "../sessions/rules";
import {
  asOwner,
  codeOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { mintShareToken, mintShareTokens } from "./mint";

const tokensOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.select().from(shareTokens).where(eq(shareTokens.applicationId, application.id)),
  );

const traceOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, async (tx) => ({
    tokens: (await tx.select().from(shareTokens).where(eq(shareTokens.applicationId, application.id))).length,
    partners: (await tx.select().from(partners).where(eq(partners.applicationId, application.id))).length,
    audit: (await tx.select().from(auditEntries).where(eq(auditEntries.action, "share_token.mint"))).length,
    events: (await tx.select().from(webhookEvents).where(eq(webhookEvents.type, "share_token.minted"))).length,
  }));

describe("minting a share token", () => {
  it("names session, issuer and scope, and lasts exactly its TTL", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const minted = await mintFor(issuer, receiver, session.id, 60);
    expect(minted.claims).toMatchObject({
      session_id: session.id,
      session_kind: "user",
      from_application_id: issuer.id,
      for_application_id: receiver.id,
    });
    expect(minted.claims.exp - minted.claims.iat).toBe(60);
    expect(minted).toMatchObject({ sessionNumber: session.number, forApplicationName: receiver.name });
    expect(minted.expiresAt).toEqual(new Date(minted.claims.exp * 1000));
  });

  it.each(["Approved", "Declined", "In Review"] as SessionStatus[])(
    "is allowed for a session that is %s",
    async (status) => {
      const { issuer, receiver } = await newPair();
      const session = await newPerson(issuer, { status });
      expect((await mintFor(issuer, receiver, session.id)).token).toBeTruthy();
    },
  );

  it.each([
    "Not Started",
    "In Progress",
    "Awaiting User",
    "Resubmitted",
    "Expired",
    "Kyc Expired",
    "Abandoned",
  ] as SessionStatus[])("is refused for a session that is %s, and leaves no trace", async (status) => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { status });
    const refusal = await refusalOf(mintFor(issuer, receiver, session.id));
    expect(refusal.code).toBe("session_not_finished");
    expect(refusal.message).toBe("Only finished sessions (Approved, Declined, In Review) can be shared.");
    expect(await traceOf(issuer)).toEqual({ tokens: 0, partners: 0, audit: 0, events: 0 });
  });

  it("takes the partner's client id instead of its application id, and the application id when both are given", async () => {
    const { issuer, receiver } = await newPair();
    const other = await newApplication();
    const session = await newPerson(issuer);
    const byClient = await mintShareToken(issuer.actor, { sessionId: session.id, partnerClientId: receiver.clientId });
    expect(byClient.forApplicationId).toBe(receiver.id);
    const both = { sessionId: session.id, forApplicationId: receiver.id, partnerClientId: other.clientId };
    expect((await mintShareToken(issuer.actor, both)).forApplicationId).toBe(receiver.id);
  });

  it("is refused without the privilege", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(mintShareToken(reader, { sessionId: session.id, forApplicationId: receiver.id }))).toBe(
      "forbidden",
    );
  });

  it("answers a stranger's session like a missing one", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const foreign = await refusalOf(mintFor(receiver, issuer, session.id));
    const missing = await refusalOf(mintFor(receiver, issuer, "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11"));
    expect([foreign.code, foreign.message]).toEqual(["not_found", "Not found."]);
    expect([foreign.code, foreign.message, foreign.extras]).toEqual([missing.code, missing.message, missing.extras]);
  });

  it("is refused for an unknown, a deleted and the issuer's own application", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const forId = (forApplicationId: string) =>
      refusalOf(mintShareToken(issuer.actor, { sessionId: session.id, forApplicationId }));
    expect((await forId("7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11")).fields).toEqual({
      for_application_id: ["Application not found."],
    });
    await directory().update(applications).set({ deletedAt: new Date() }).where(eq(applications.id, receiver.id));
    expect((await forId(receiver.id)).fields).toEqual({ for_application_id: ["Application not found."] });
    expect((await forId(issuer.id)).fields).toEqual({
      for_application_id: ["You cannot share a session with your own application."],
    });
  });

  it("is refused across environments, whichever side is live", async () => {
    const sandbox = await newApplication();
    const live = await newApplication({ environment: "live" });
    expect(await codeOf(mintFor(sandbox, live, (await newPerson(sandbox)).id))).toBe("environment_mismatch");
    expect(await codeOf(mintFor(live, sandbox, (await newPerson(live)).id))).toBe("environment_mismatch");
  });

  it("is refused for a session made before the application changed its environment", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    for (const id of [issuer.id, receiver.id])
      await directory().update(applications).set({ environment: "live" }).where(eq(applications.id, id));
    const nowLive = { ...issuer.actor, environment: "live" as const };
    expect(await codeOf(mintShareToken(nowLive, { sessionId: session.id, forApplicationId: receiver.id }))).toBe(
      "environment_mismatch",
    );
  });

  it.each([0, 59, 86_401, 60.5])("is refused with a TTL of %d seconds", async (ttl) => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    await expect(mintFor(issuer, receiver, session.id, ttl)).rejects.toThrow();
    expect(await traceOf(issuer)).toMatchObject({ tokens: 0 });
  });

  it("never goes back to an application in the session's chain", async () => {
    const { issuer, receiver } = await newPair();
    const third = await newApplication();
    const session = await newPerson(issuer);
    const here = await share(issuer, receiver, session.id, { trustReview: true });
    expect((await refusalOf(mintFor(receiver, issuer, here.sessionId))).fields).toHaveProperty("for_application_id");
    const onward = await share(receiver, third, here.sessionId, { trustReview: true });
    for (const target of [issuer, receiver])
      expect((await refusalOf(mintFor(third, target, onward.sessionId))).fields).toHaveProperty("for_application_id");
  });
});

describe("what minting leaves behind", () => {
  it("is the token's digest, an audit entry, an event and the partner, all from one transaction", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const minted = await mintFor(issuer, receiver, session.id);
    const [row] = await tokensOf(issuer);
    expect(row!.digest.equals(createHash("sha256").update(minted.token).digest())).toBe(true);
    expect(await traceOf(issuer)).toEqual({ tokens: 1, partners: 1, audit: 1, events: 1 });
    const together = await asOwner(
      (sql) => sql`select distinct xmin::text as act from share_tokens where application_id = ${issuer.id}
        union select xmin::text from audit_entries where application_id = ${issuer.id} and action = 'share_token.mint'
        union select xmin::text from webhook_events where application_id = ${issuer.id} and type = 'share_token.minted'
        union select xmin::text from partners where application_id = ${issuer.id}`,
    );
    expect(together).toHaveLength(1);
  });

  it("is nowhere the token itself, nor its signature", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const signature = token.split(".")[2]!;
    const hits = await asOwner(async (sql) => {
      const tables = await sql<{ name: string }[]>`
        select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
      const found: string[] = [];
      for (const { name } of tables) {
        const [row] = await sql`select count(*)::int as n from ${sql(name)} t
          where t::text like ${`%${signature}%`} or t::text like ${`%${Buffer.from(signature).toString("hex")}%`}
            or t::text like ${`%${Buffer.from(signature, "base64url").toString("hex")}%`}`;
        if (row!.n > 0) found.push(name);
      }
      return found;
    });
    expect(hits).toEqual([]);
  });

  it("is nothing at all when the act is rolled back at its last step", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const failing = {
      ...issuer.actor,
      beforeCommit: async () => {
        throw new Error("the power went out");
      },
    };
    const act = mintShareToken(failing, { sessionId: session.id, forApplicationId: receiver.id });
    await expect(act).rejects.toThrow("the power went out");
    expect(await traceOf(issuer)).toEqual({ tokens: 0, partners: 0, audit: 0, events: 0 });
  });
});

describe("minting many at once", () => {
  it("answers for each session, and mints those that can be shared", async () => {
    const { issuer, receiver } = await newPair();
    const good = await newPerson(issuer);
    const unfinished = await newPerson(issuer, { status: "Expired" });
    const foreign = await newPerson(receiver);
    const alsoGood = await newPerson(issuer, { status: "Declined" });
    const results = await mintShareTokens(issuer.actor, {
      sessionIds: [good.id, unfinished.id, foreign.id, alsoGood.id],
      forApplicationId: receiver.id,
    });
    expect(results.map((result) => (result.ok ? "ok" : result.code))).toEqual([
      "ok",
      "session_not_finished",
      "not_found",
      "ok",
    ]);
    expect(results.map((result) => result.sessionId)).toEqual([good.id, unfinished.id, foreign.id, alsoGood.id]);
    expect(await traceOf(issuer)).toEqual({ tokens: 2, partners: 1, audit: 2, events: 2 });
  });

  it("gives every session its own token, and a session asked for twice two", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const results = await mintShareTokens(issuer.actor, {
      sessionIds: [session.id, session.id],
      forApplicationId: receiver.id,
    });
    expect(new Set(results.map((result) => result.ok && result.token)).size).toBe(2);
  });

  it("leaves the session as it was", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const read = () =>
      inTenant({ applicationId: issuer.id }, (tx) =>
        tx
          .select()
          .from(sessions)
          .where(and(eq(sessions.id, session.id))),
      );
    const before = await read();
    await mintFor(issuer, receiver, session.id);
    expect(await read()).toEqual(before);
  });
});

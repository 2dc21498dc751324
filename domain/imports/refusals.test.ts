import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { applications, auditEntries, imports, sessions, shareTokens } from "@/db/schema";
import { privilegesOf } from "../access/rules";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { signShareToken } from "../share-tokens/token";
import {
  carryFrom,
  codeOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { importSharedSession } from "./import";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

const drop = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.delete(sessions).where(and(eq(sessions.applicationId, application.id), eq(sessions.id, sessionId))),
  );

describe("a token that is redeemed again", () => {
  it("is refused and names the caller's own session", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const first = await importSharedSession(receiver.actor, { shareToken: token });
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal).toMatchObject({
      code: "already_imported",
      message: "This session has already been imported.",
      extras: { more: { session_id: first.sessionId } },
    });
  });

  it("by a second token of the same session is refused alike, and names the same session", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const first = await share(issuer, receiver, session.id);
    const refusal = await refusalOf(share(issuer, receiver, session.id));
    expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: first.sessionId } } });
  });

  it("in the same instant, many times, is redeemed once", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const tries = await Promise.allSettled(
      Array.from({ length: 24 }, () => importSharedSession(receiver.actor, { shareToken: token })),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.sessionId] : []));
    const lost = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(won).toHaveLength(1);
    for (const refusal of lost)
      expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: won[0] } } });
  });

  it("together with another token of the same session, in the same instant, lets one clone through", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const tokens = await Promise.all(Array.from({ length: 8 }, () => mintFor(issuer, receiver, session.id)));
    const tries = await Promise.allSettled(
      tokens.map(({ token }) => importSharedSession(receiver.actor, { shareToken: token })),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.sessionId] : []));
    expect(won).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ code: "already_imported", extras: { more: { session_id: won[0] } } });
    const rows = await inTenant({ applicationId: receiver.id }, async (tx) => [
      (await tx.select().from(sessions)).length,
      (await tx.select().from(imports)).length,
    ]);
    expect(rows).toEqual([1, 1]);
  });

  it("after the clone was deleted is refused still; a new token brings the session again", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const first = await importSharedSession(receiver.actor, { shareToken: token });
    await drop(receiver, first.sessionId);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: null } } });
    const again = await share(issuer, receiver, session.id);
    expect(again.sessionId).not.toBe(first.sessionId);
    expect(again.sessionNumber).toBe(2);
  });
});

describe("a token in the wrong hands", () => {
  it("is refused, burns nothing, and still redeems for whom it was meant", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const refusal = await refusalOf(importSharedSession(stranger.actor, { shareToken: token }));
    expect([refusal.code, refusal.message]).toEqual([
      "share_token_wrong_application",
      "This share token is not intended for your application.",
    ]);
    expect(await codeOf(importSharedSession(issuer.actor, { shareToken: token }))).toBe(
      "share_token_wrong_application",
    );
    expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionNumber).toBe(1);
  });

  it("is refused alike whether open, redeemed or revoked: its state is not looked at", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const answer = async () => {
      const { code, message, extras } = await refusalOf(
        importSharedSession(stranger.actor, { shareToken: minted.token }),
      );
      return { code, message, extras };
    };
    const open = await answer();
    await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect(await answer()).toEqual(open);
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.update(shareTokens).set({ redeemedAt: null, revokedAt: new Date() }).where(eq(shareTokens.id, minted.id)),
    );
    expect(await answer()).toEqual(open);
  });

  it("of another role is refused before the token is read", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    for (const role of ["reader", "developer"] as const) {
      const actor = { ...receiver.actor, privileges: new Set(privilegesOf(role)) };
      expect(await codeOf(importSharedSession(actor, { shareToken: token }))).toBe("forbidden");
    }
  });
});

describe("a token that opens nothing", () => {
  it("because it was forged is invalid, even when its claims name a real token", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const forged = signShareToken(minted.claims, { id: "x", secret: Buffer.alloc(32) });
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: forged }))).toBe("share_token_invalid");
  });

  it("because it was never minted is invalid, even when our own secret signed it", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const [secret] = await shareTokenSecrets();
    for (const change of [{ jti: missing }, { exp: minted.claims.exp + 60 }, { iat: minted.claims.iat - 1 }]) {
      const made = signShareToken({ ...minted.claims, ...change }, secret);
      expect(await codeOf(importSharedSession(receiver.actor, { shareToken: made }))).toBe("share_token_invalid");
    }
  });

  it("because its row has expired is invalid, whatever the clock of this process says", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .update(shareTokens)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(shareTokens.id, id)),
    );
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("share_token_invalid");
  });

  it.each([
    ["far too long", "x".repeat(10_000)],
    ["no token", "a.b.c"],
  ])("because it is %s is invalid", async (_, text) => {
    const { receiver } = await newPair();
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: text }))).toBe("share_token_invalid");
  });

  it("because its session is gone says so", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    await drop(issuer, session.id);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect([refusal.code, refusal.message]).toEqual(["source_session_gone", "Original session not found."]);
  });

  it("because its session is no longer finished says so", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    await setStatus(issuer, session.id, "Kyc Expired");
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("session_not_finished");
  });

  it("because the receiver has gone live since says so", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await directory().update(applications).set({ environment: "live" }).where(eq(applications.id, receiver.id));
    const actor = { ...receiver.actor, environment: "live" as const };
    expect(await codeOf(importSharedSession(actor, { shareToken: token }))).toBe("environment_mismatch");
  });
});

describe("a refusal", () => {
  it("of a genuine token is in both trails; the issuer's says who tried and why", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await refusalOf(importSharedSession(stranger.actor, { shareToken: token }));
    await carryFrom(stranger);
    const entriesOf = (application: TestApplication) =>
      inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(await entriesOf(stranger)).toMatchObject([
      { action: "session.import_refused", subjectId: id, detail: { code: "share_token_wrong_application" } },
    ]);
    const heard = (await entriesOf(issuer)).filter((entry) => entry.action === "share_token.refused");
    expect(heard).toMatchObject([
      { subjectId: id, counterpartyApplicationId: stranger.id, detail: { code: "share_token_wrong_application" } },
    ]);
  });

  it("of a forged token is in nobody's trail", async () => {
    const { issuer, receiver } = await newPair();
    const { claims } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const forged = signShareToken(claims, { id: "x", secret: Buffer.alloc(32) });
    await refusalOf(importSharedSession(receiver.actor, { shareToken: forged }));
    const entries = await inTenant({ applicationId: receiver.id }, (tx) => tx.select().from(auditEntries));
    expect(entries).toEqual([]);
  });
});

import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { carryFrom, codeOf, mintFor, newPair, newPerson, refusalOf } from "../testing";
import { revokeShareToken } from "./revoke";
import { rotateShareTokenSecret } from "./signing-keys";

describe("revoking a share token", () => {
  it("makes it like an expired one to its holder, at once", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await revokeShareToken(issuer.actor, { shareTokenId: minted.id });
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: minted.token }));
    expect([refusal.code, refusal.message]).toEqual(["share_token_invalid", "Share token is invalid or has expired."]);
  });

  it("twice is the same as once", async () => {
    const { issuer, receiver } = await newPair();
    const { id } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const first = await revokeShareToken(issuer.actor, { shareTokenId: id });
    expect(await revokeShareToken(issuer.actor, { shareTokenId: id })).toEqual(first);
    const entries = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "share_token.revoke")),
    );
    expect(entries).toHaveLength(1);
  });

  it("is for the issuer only: to the receiver and to anybody else the token is not there", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    expect(await codeOf(revokeShareToken(receiver.actor, { shareTokenId: id }))).toBe("not_found");
    expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionNumber).toBe(1);
  });

  it("is refused without the privilege", async () => {
    const { issuer, receiver } = await newPair();
    const { id } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(revokeShareToken(reader, { shareTokenId: id }))).toBe("forbidden");
  });

  it("is refused once the issuer knows that it was redeemed", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await importSharedSession(receiver.actor, { shareToken: token });
    await carryFrom(receiver);
    expect(await codeOf(revokeShareToken(issuer.actor, { shareTokenId: id }))).toBe("transition_not_allowed");
  });

  it("concerns one token: another of the same session still redeems", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const [one, two] = [await mintFor(issuer, receiver, session.id), await mintFor(issuer, receiver, session.id)];
    await revokeShareToken(issuer.actor, { shareTokenId: one.id });
    expect((await importSharedSession(receiver.actor, { shareToken: two.token })).sessionId).toBeTruthy();
  });
});

describe("rotating the signing secret", () => {
  it("leaves tokens of the old secret redeemable, and new tokens are signed with the new one", async () => {
    const { issuer, receiver } = await newPair();
    const before = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await rotateShareTokenSecret();
    const after = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    for (const { token } of [before, after])
      expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionId).toBeTruthy();
  });
});

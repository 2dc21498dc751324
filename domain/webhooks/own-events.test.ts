import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { webhookEvents } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { setTrustDefault } from "../partners/trust";
import { reviewSession } from "../sessions/review";
import { revokeShareToken } from "../share-tokens/revoke";
import {
  carryFrom,
  codeOf,
  meet,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  share,
  type TestApplication,
  trustPartner,
} from "../testing";
import { OWN_EVENTS } from "./rules";

const eventsOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (await tx.select().from(webhookEvents).orderBy(webhookEvents.createdAt)).map(({ type, payload }) => ({
      type,
      payload,
    })),
  );

const OWN = new Set<string>(OWN_EVENTS);

const typesOf = async (application: TestApplication) =>
  (await eventsOf(application)).map(({ type }) => type).filter((type) => OWN.has(type));

describe("events of our own", () => {
  it("tell the issuer what became of a token: minted, redeemed, refused, revoked", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    await share(issuer, receiver, session.id);
    const second = await mintFor(issuer, receiver, session.id);
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: second.token }))).toBe("already_imported");
    await revokeShareToken(issuer.actor, { shareTokenId: second.id });
    await carryFrom(receiver);
    const types = await typesOf(issuer);
    expect(types.slice().sort()).toEqual(
      [
        "partner.added",
        "share_token.minted",
        "share_token.minted",
        "share_token.redeemed",
        "share_token.refused",
        "share_token.revoked",
      ].sort(),
    );
    const refused = (await eventsOf(issuer)).find(({ type }) => type === "share_token.refused");
    expect(refused!.payload).toMatchObject({ share_token_id: second.id, code: "already_imported" });
  });

  it("tell who imported a session that its issuer decided anew, once, and change nothing there", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const clone = await share(issuer, receiver, session.id, { trustReview: true });
    await carryFrom(receiver);
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Declined" });
    await carryFrom(issuer);
    const told = (await eventsOf(receiver)).filter(({ type }) => type === "source.status.updated");
    expect(told).toEqual([
      {
        type: "source.status.updated",
        payload: {
          session_id: clone.sessionId,
          source_session_id: session.id,
          previous_status: "Approved",
          new_status: "Declined",
          from_application_id: issuer.id,
        },
      },
    ]);
    await reviewSession(receiver.actor, { sessionId: clone.sessionId, newStatus: "Declined" });
    await carryFrom(receiver);
    expect(await typesOf(issuer)).not.toContain("source.status.updated");
  });

  it("tell of a partner once, and of each change of trust", async () => {
    const [application, other] = [await newApplication(), await newApplication()];
    await meet(application, other);
    await meet(application, other);
    await trustPartner(application, other);
    await setTrustDefault(application.actor, { partnerApplicationId: other.id, trustDefault: true });
    expect(await eventsOf(application)).toEqual([
      { type: "partner.added", payload: { partner_application_id: other.id } },
      { type: "partner.trust_changed", payload: { partner_application_id: other.id, trust_default: true } },
    ]);
  });
});

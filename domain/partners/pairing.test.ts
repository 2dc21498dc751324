import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, partnerLinks, webhookEvents } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { mintShareTokens } from "../share-tokens/mint";
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
import { acceptPartnerLink, createPartnerLink, listPartnerLinks, readPartnerLink, revokePartnerLink } from "./links";
import { invitePartner, stepRelation } from "./pairing";
import { listPartners, readPartner } from "./partners";
import type { RelationStep, Side } from "./relation-rules";

const step = (who: TestApplication, other: TestApplication, as: Side, what: RelationStep) =>
  stepRelation(who.actor, { partnerApplicationId: other.id, as, step: what });
const relations = async (who: TestApplication) =>
  (await listPartners(who.actor)).map(({ applicationId, relations, isMet }) => ({
    applicationId,
    isMet,
    relations: relations.map(({ as, state, invitedByUs, pausedByUs }) => ({ as, state, invitedByUs, pausedByUs })),
  }));

describe("an invitation", () => {
  it.each(["id", "clientId"] as const)(
    "by %s is answered by the other side, who is a partner from then on",
    async (by) => {
      const { issuer, receiver } = await newPair();
      await invitePartner(receiver.actor, { application: issuer[by], as: "receiver" });
      const invited = { state: "invited", pausedByUs: null } as const;
      expect(await relations(receiver)).toEqual([
        { applicationId: issuer.id, isMet: true, relations: [{ as: "receiver", invitedByUs: true, ...invited }] },
      ]);
      expect(await relations(issuer)).toEqual([
        { applicationId: receiver.id, isMet: false, relations: [{ as: "issuer", invitedByUs: false, ...invited }] },
      ]);
      expect(await codeOf(step(receiver, issuer, "receiver", "accept"))).toBe("conflict");
      expect(await codeOf(step(issuer, receiver, "receiver", "accept"))).toBe("not_found");
      await step(issuer, receiver, "issuer", "accept");
      expect(await relations(issuer)).toEqual([
        {
          applicationId: receiver.id,
          isMet: true,
          relations: [{ as: "issuer", state: "active", invitedByUs: false, pausedByUs: null }],
        },
      ]);
      expect(await codeOf(step(issuer, receiver, "issuer", "accept"))).toBe("conflict");
    },
  );

  it("is refused to oneself, the unknown, the other environment and where there is a relation already", async () => {
    const { issuer, receiver } = await newPair();
    const invite = (application: string, as: Side = "receiver") => invitePartner(receiver.actor, { application, as });
    expect((await refusalOf(invite(receiver.id))).fields).toEqual({
      application_id: ["This is your own application."],
    });
    expect((await refusalOf(invite("nobody"))).fields).toEqual({ application_id: ["Application not found."] });
    const live = await newApplication({ environment: "live" });
    expect(await codeOf(invite(live.id))).toBe("environment_mismatch");
    await invite(issuer.id);
    expect(await codeOf(invite(issuer.id))).toBe("conflict");
    expect(await codeOf(invitePartner(issuer.actor, { application: receiver.id, as: "issuer" }))).toBe("conflict");
    // The other way is another relation.
    expect((await invite(issuer.id, "issuer")).relation.state).toBe("invited");
    const reader = { ...receiver.actor, privileges: new Set(["read:partners"] as const) };
    expect(await codeOf(invitePartner(reader, { application: issuer.id, as: "receiver" }))).toBe("forbidden");
  });

  it("that is declined or taken back leaves no trace in the list of who never met, and can be made again", async () => {
    const { issuer, receiver } = await newPair();
    const invite = () => invitePartner(receiver.actor, { application: issuer.id, as: "receiver" });
    await invite();
    await step(issuer, receiver, "issuer", "decline");
    expect(await relations(issuer)).toEqual([]);
    await invite();
    await step(receiver, issuer, "receiver", "end");
    expect(await codeOf(readPartner(issuer.actor, { applicationId: receiver.id }))).toBe("not_found");
    await invite();
    expect((await step(issuer, receiver, "issuer", "accept")).state).toBe("active");
  });

  it("is told to the other side: in its trail, and to its destinations", async () => {
    const { issuer, receiver } = await newPair();
    await invitePartner(receiver.actor, { application: issuer.id, as: "receiver" });
    await carryFrom(receiver);
    const [trail, events] = await inTenant({ applicationId: issuer.id }, (tx) =>
      Promise.all([
        tx.select().from(auditEntries).where(eq(auditEntries.action, "partner.relation_changed")),
        tx.select().from(webhookEvents).where(eq(webhookEvents.type, "partner.relation_changed")),
      ]),
    );
    expect(trail.map((entry) => [entry.subjectId, entry.detail, entry.actorKind])).toEqual([
      [receiver.id, { side: "issuer", state: "invited" }, "system"],
    ]);
    expect(JSON.stringify(trail)).not.toContain(receiver.actor.label);
    expect(events.length).toBeLessThanOrEqual(1);
  });
});

describe("a relation", () => {
  it("comes about by a share between two that never paired, with trust off, in its direction alone", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const active = { state: "active", invitedByUs: null, pausedByUs: null } as const;
    expect(await relations(issuer)).toMatchObject([{ isMet: true, relations: [{ as: "issuer", ...active }] }]);
    expect(await relations(receiver)).toMatchObject([{ isMet: false, relations: [{ as: "receiver", ...active }] }]);
    expect((await importSharedSession(receiver.actor, { shareToken: token })).status).toBe("In Review");
    expect(await relations(receiver)).toMatchObject([{ isMet: true, relations: [{ as: "receiver", ...active }] }]);
    expect((await listPartners(receiver.actor))[0]).toMatchObject({ trustDefault: false });
  });

  it("that is invited into does not keep anybody from sharing, as the contract knows no pairing", async () => {
    const { issuer, receiver } = await newPair();
    await invitePartner(receiver.actor, { application: issuer.id, as: "receiver" });
    expect((await share(issuer, receiver, (await newPerson(issuer)).id)).status).toBe("In Review");
  });

  it.each(["issuer", "receiver"] as const)(
    "is paused and resumed by the %s, and nothing is shared meanwhile",
    async (as) => {
      const pair = await newPair();
      const { issuer, receiver } = pair;
      const [us, them] = as === "issuer" ? [issuer, receiver] : [receiver, issuer];
      const session = await newPerson(issuer);
      const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
      await step(us, them, as, "pause");
      expect(await codeOf(mintFor(issuer, receiver, session.id))).toBe("partner_paused");
      expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("partner_paused");
      expect(await codeOf(step(them, us, as === "issuer" ? "receiver" : "issuer", "resume"))).toBe("conflict");
      await step(us, them, as, "resume");
      // Nothing was used up.
      expect((await importSharedSession(receiver.actor, { shareToken: token })).status).toBe("In Review");
      expect((await share(issuer, receiver, session.id)).status).toBe("In Review");
      // The other direction was never touched.
      expect((await share(receiver, issuer, (await newPerson(receiver)).id)).status).toBe("In Review");
    },
  );

  it("is ended by either side, for many sessions at once too, until they pair again", async () => {
    const { issuer, receiver } = await newPair();
    const sessions = [await newPerson(issuer), await newPerson(issuer)];
    await share(issuer, receiver, (await newPerson(issuer)).id);
    await step(receiver, issuer, "receiver", "end");
    const results = await mintShareTokens(issuer.actor, {
      sessionIds: sessions.map(({ id }) => id),
      forApplicationId: receiver.id,
      ttlInSeconds: 3600,
    });
    expect(results.map((result) => !result.ok && result.code)).toEqual(["partner_ended", "partner_ended"]);
    await invitePartner(issuer.actor, { application: receiver.id, as: "issuer" });
    await step(receiver, issuer, "receiver", "accept");
    expect((await share(issuer, receiver, sessions[0]!.id)).status).toBe("In Review");
  });

  it("is nobody else's to see or to change", async () => {
    const { issuer, receiver } = await newPair();
    await share(issuer, receiver, (await newPerson(issuer)).id);
    const stranger = await newApplication();
    expect(await codeOf(step(stranger, receiver, "issuer", "end"))).toBe("not_found");
    expect(await listPartners(stranger.actor)).toEqual([]);
  });
});

describe("a link", () => {
  it("pairs once, with whoever holds it, and says first whose it is", async () => {
    const { issuer, receiver } = await newPair();
    const { url, id } = await createPartnerLink(issuer.actor, { as: "issuer" });
    expect(new URL(url).hash).toMatch(/^#[\w-]{43}$/);
    expect(await readPartnerLink(receiver.actor, { link: url })).toMatchObject({
      as: "receiver",
      from: { id: issuer.id, name: issuer.name },
    });
    expect(await codeOf(readPartnerLink(issuer.actor, { link: url }))).toBe("not_found");
    const others = await Promise.all([newApplication(), newApplication()]);
    const settled = await Promise.allSettled(
      [receiver, ...others].map(({ actor }) => acceptPartnerLink(actor, { link: url })),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) if (one.status === "rejected") expect(one.reason.code).toBe("not_found");
    const paired = (await listPartners(issuer.actor))[0]!;
    expect(paired).toMatchObject({ relations: [{ as: "issuer", state: "active", invitedByUs: true }] });
    expect(await listPartnerLinks(issuer.actor)).toEqual([]);
    const [row] = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(partnerLinks).where(eq(partnerLinks.id, id)),
    );
    expect(row!.usedByApplicationId).toBe(paired.applicationId);
    expect(JSON.stringify(row)).not.toContain(new URL(url).hash.slice(1));
  });

  it("does not pair when it is taken back, expired, wrong or for the other environment", async () => {
    const { issuer, receiver } = await newPair();
    const make = () => createPartnerLink(issuer.actor, { as: "receiver" });
    const accept = (link: string) => codeOf(acceptPartnerLink(receiver.actor, { link }));
    const taken = await make();
    await revokePartnerLink(issuer.actor, { linkId: taken.id });
    expect(await accept(taken.url)).toBe("not_found");
    expect(await codeOf(revokePartnerLink(issuer.actor, { linkId: taken.id }))).toBe("not_found");
    const late = await make();
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .update(partnerLinks)
        .set({ expiresAt: new Date(0) })
        .where(eq(partnerLinks.id, late.id)),
    );
    expect(await accept(late.url)).toBe("not_found");
    expect(await accept("nonsense")).toBe("not_found");
    const open = await make();
    const live = await newApplication({ environment: "live" });
    expect(await codeOf(acceptPartnerLink(live.actor, { link: open.url }))).toBe("environment_mismatch");
    expect(await codeOf(revokePartnerLink(receiver.actor, { linkId: open.id }))).toBe("not_found");
    // What was refused has not used it up.
    expect((await acceptPartnerLink(receiver.actor, { link: open.url })).relation).toMatchObject({
      as: "issuer",
      state: "active",
    });
    const second = await make();
    expect(await accept(second.url)).toBe("conflict");
    expect(await listPartnerLinks(issuer.actor)).toHaveLength(1);
  });
});

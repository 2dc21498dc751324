import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, outbox, pullRequests, sessions, shareTokens, webhookEvents } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { stepRelation } from "../partners/pairing";
import { listInbox, readInboxItem } from "../share-inbox/inbox";
import {
  asOwner,
  carryFrom,
  codeOf,
  newApplication,
  newPair,
  newPerson,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { approvePullRequest, declinePullRequest } from "./answer";
import { receivePullRequest } from "./carry";
import { expirePullRequests } from "./expire";
import { listPullRequests } from "./list";
import { requestSession } from "./request";
import { PullInput, parseBlocks, termsForWanted } from "./rules";

/** Two that share already: the issuer hands over to the receiver. */
async function partners() {
  const pair = await newPair();
  await share(pair.issuer, pair.receiver, (await newPerson(pair.issuer)).id);
  await carryFrom(pair.receiver);
  return pair;
}

const requestsOf = async (application: TestApplication) =>
  (await listPullRequests(application.actor, {}, null, 50)).rows;

const ask = (receiver: TestApplication, issuer: TestApplication, reference: string, more: Partial<PullInput> = {}) =>
  requestSession(receiver.actor, {
    partnerApplicationId: issuer.id,
    referenceKind: "vendor_data",
    reference,
    reason: "onboarding",
    ...more,
  });

async function vendorDataOf(application: TestApplication, sessionId: string): Promise<string> {
  const [row] = await inTenant({ applicationId: application.id }, (tx) =>
    tx.select({ vendorData: sessions.vendorData }).from(sessions).where(eq(sessions.id, sessionId)),
  );
  return row!.vendorData!;
}

const trailOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (
      await tx
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.applicationId, application.id), eq(auditEntries.subjectKind, "pull_request")))
    ).map(({ action, detail }) => ({ action, detail })),
  );

const eventsOf = (application: TestApplication, type: string) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (await tx.select().from(webhookEvents).where(eq(webhookEvents.type, type))).map(({ payload }) => payload),
  );

describe("a request for a session", () => {
  it("is approved with what was asked for, into the inbox of whoever asked", async () => {
    const { issuer, receiver } = await partners();
    const session = await newPerson(issuer);
    const reference = await vendorDataOf(issuer, session.id);
    const sent = await ask(receiver, issuer, reference, { blocks: ["LIVENESS", "ID_VERIFICATION"] });
    await carryFrom(receiver);
    const [received] = await requestsOf(issuer);
    expect(received).toMatchObject({
      state: "open",
      partner: { name: receiver.name },
      request: { id: sent.id, direction: "received", reference, reason: "onboarding", createdByLabel: null },
      sessions: [{ id: session.id, status: "Approved" }],
    });
    expect(await eventsOf(issuer, "pull_request.received")).toMatchObject([
      { pull_request_id: sent.id, session_kind: "user", reason: "onboarding", for_application_id: receiver.id },
    ]);

    const approved = await approvePullRequest(issuer.actor, { pullRequestId: sent.id });
    expect(approved).toMatchObject({ state: "approved", answeredByLabel: issuer.actor.label });
    await carryFrom(issuer);
    expect((await requestsOf(receiver))[0]).toMatchObject({
      state: "approved",
      request: { shareTokenId: approved.shareTokenId, answeredByLabel: null },
      sessions: [],
    });
    const item = await readInboxItem(receiver.actor, { shareTokenId: approved.shareTokenId! });
    expect(item.entry.terms!.omit).toContain("AML");
    expect(item.entry.terms!.omit).not.toContain("LIVENESS");
    const imported = await importSharedSession(receiver.actor, { shareToken: item.token! });
    expect(imported.view.session.sharedFromSession).toBe(session.id);
    expect(await eventsOf(receiver, "pull_request.answered")).toMatchObject([
      { pull_request_id: sent.id, state: "approved", share_token_id: approved.shareTokenId, reason: null },
    ]);
    const trails = [...(await trailOf(receiver)), ...(await trailOf(issuer))];
    expect(trails.map(({ action }) => action).sort()).toEqual([
      "pull_request.answered",
      "pull_request.approve",
      "pull_request.received",
      "pull_request.send",
    ]);
    // A trail outlives the people it is about: the reference is not in it.
    expect(JSON.stringify(trails)).not.toContain(reference);
  });

  it("tells nothing of whether there is such a session, until it is approved", async () => {
    const { issuer, receiver } = await partners();
    const known = await vendorDataOf(issuer, (await newPerson(issuer)).id);
    const [one, other] = [await ask(receiver, issuer, known), await ask(receiver, issuer, "nobody-here")];
    await carryFrom(receiver);
    const shapes = async () =>
      (await requestsOf(receiver)).map(
        ({ request: { id: _, reference: __, createdAt: ___, expiresAt: ____, ...rest }, ...more }) =>
          JSON.stringify({ ...rest, answeredAt: rest.answeredAt !== null, state: more.state, sessions: more.sessions }),
      );
    expect(new Set(await shapes()).size).toBe(1);
    expect((await requestsOf(issuer)).map((row) => row.sessions.length).sort()).toEqual([0, 1]);
    expect(await codeOf(approvePullRequest(issuer.actor, { pullRequestId: other.id }))).toBe("not_found");
    for (const { id } of [one, other]) {
      await declinePullRequest(issuer.actor, { pullRequestId: id, reason: "not_shared" });
    }
    await carryFrom(issuer);
    expect(new Set(await shapes()).size).toBe(1);
    const told = await eventsOf(receiver, "pull_request.answered");
    expect(told.map(({ pull_request_id: _, ...rest }) => rest)).toEqual([
      { state: "declined", reason: "not_shared", share_token_id: null, from_application_id: issuer.id },
      { state: "declined", reason: "not_shared", share_token_id: null, from_application_id: issuer.id },
    ]);
  });

  it("is made of partners who hand over to us, and of nobody else", async () => {
    const { issuer, receiver } = await partners();
    const stranger = await newApplication();
    expect(await codeOf(ask(stranger, issuer, "x"))).toBe("not_found");
    expect(await codeOf(ask(receiver, issuer, "x", { blocks: ["KYB_REGISTRY"] }))).toBe("invalid_input");
    // The relation goes one way.
    expect(await codeOf(ask(issuer, receiver, "x"))).toBe("not_found");
    await stepRelation(issuer.actor, { partnerApplicationId: receiver.id, as: "issuer", step: "pause" });
    expect(await codeOf(ask(receiver, issuer, "x"))).toBe("partner_paused");
    const reader = { ...receiver.actor, privileges: new Set(["read:sessions" as const]) };
    expect(
      await codeOf(
        requestSession(reader, {
          partnerApplicationId: issuer.id,
          referenceKind: "vendor_data",
          reference: "x",
          reason: "other",
        }),
      ),
    ).toBe("forbidden");
  });

  it("is open once for a reference, even when it is made three times in one instant", async () => {
    const { issuer, receiver } = await partners();
    const results = await Promise.allSettled([1, 2, 3].map(() => ask(receiver, issuer, "same")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await codeOf(ask(receiver, issuer, "same"))).toBe("conflict");
    await carryFrom(receiver);
    expect(await requestsOf(issuer)).toHaveLength(1);
    await declinePullRequest(issuer.actor, {
      pullRequestId: (await requestsOf(issuer))[0]!.request.id,
      reason: "other",
    });
    await carryFrom(issuer);
    await ask(receiver, issuer, "same");
  });

  it("is kept once, although a worker dies and another carries it again", async () => {
    const { issuer, receiver } = await partners();
    await ask(receiver, issuer, "again");
    const relays = await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.select().from(outbox).where(eq(outbox.type, "pull_request.received")),
    );
    await Promise.all([receivePullRequest(issuer.actor, relays[0]!), receivePullRequest(issuer.actor, relays[0]!)]);
    await carryFrom(receiver);
    expect(await requestsOf(issuer)).toHaveLength(1);
    expect(await eventsOf(issuer, "pull_request.received")).toHaveLength(1);
  });

  it("is approved once, even by two in the same instant, and mints once", async () => {
    const { issuer, receiver } = await partners();
    const session = await newPerson(issuer);
    const { id } = await ask(receiver, issuer, session.id.toUpperCase(), { referenceKind: "session_id" });
    await carryFrom(receiver);
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => approvePullRequest(issuer.actor, { pullRequestId: id })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const minted = await inTenant({ applicationId: issuer.id }, (tx) =>
      tx.select().from(shareTokens).where(eq(shareTokens.sessionId, session.id)),
    );
    expect(minted).toHaveLength(1);
    await carryFrom(issuer);
    expect((await listInbox(receiver.actor, {}, null, 50)).rows).toHaveLength(1);
    expect(await codeOf(declinePullRequest(issuer.actor, { pullRequestId: id, reason: "other" }))).toBe(
      "transition_not_allowed",
    );
  });

  it("stays open when the mint refuses", async () => {
    const { issuer, receiver } = await partners();
    const session = await newPerson(issuer);
    const { id: pullRequestId } = await ask(receiver, issuer, session.id, { referenceKind: "session_id" });
    await carryFrom(receiver);
    await setStatus(issuer, session.id, "In Progress");
    expect(await codeOf(approvePullRequest(issuer.actor, { pullRequestId }))).toBe("not_found");
    expect(await codeOf(approvePullRequest(issuer.actor, { pullRequestId, sessionId: session.id }))).toBe(
      "session_not_finished",
    );
    // Another session than the reference names is not shared by mistake.
    const other = await newPerson(issuer);
    expect(await codeOf(approvePullRequest(issuer.actor, { pullRequestId, sessionId: other.id }))).toBe("not_found");
    await setStatus(issuer, session.id, "Approved");
    await stepRelation(issuer.actor, { partnerApplicationId: receiver.id, as: "issuer", step: "pause" });
    expect(await codeOf(approvePullRequest(issuer.actor, { pullRequestId }))).toBe("partner_paused");
    expect((await requestsOf(issuer))[0]!.state).toBe("open");
  });

  it("expires on both sides, and can then be made again", async () => {
    const { issuer, receiver } = await partners();
    const { id: pullRequestId } = await ask(receiver, issuer, "late");
    await carryFrom(receiver);
    await asOwner((owner) => owner`update pull_requests set expires_at = now() where id = ${pullRequestId}`);
    for (const side of [issuer, receiver]) expect((await requestsOf(side))[0]!.state).toBe("expired");
    expect(await codeOf(declinePullRequest(issuer.actor, { pullRequestId, reason: "other" }))).toBe(
      "transition_not_allowed",
    );
    await expirePullRequests();
    const rows = await inTenant({ applicationId: issuer.id }, (tx) => tx.select().from(pullRequests));
    expect(rows.map(({ state }) => state)).toEqual(["expired"]);
    await ask(receiver, issuer, "late");
  });

  it("is answered by its issuer alone", async () => {
    const { issuer, receiver } = await partners();
    const stranger = await newApplication();
    const { id: pullRequestId } = await ask(receiver, issuer, "mine");
    await carryFrom(receiver);
    for (const other of [stranger, receiver]) {
      expect(await codeOf(declinePullRequest(other.actor, { pullRequestId, reason: "other" }))).toBe("not_found");
      expect(await codeOf(approvePullRequest(other.actor, { pullRequestId }))).toBe("not_found");
    }
    expect(await requestsOf(stranger)).toEqual([]);
  });
});

describe("what is asked for", () => {
  const good = {
    partnerApplicationId: crypto.randomUUID(),
    referenceKind: "vendor_data",
    reference: "a",
    reason: "other",
  };

  it.each([
    ["an empty reference", { reference: " " }],
    ["an id that is none", { referenceKind: "session_id", reference: "a" }],
    ["a block that there is not", { blocks: ["NOSE"] }],
    ["free text as a reason", { reason: "we are curious" }],
  ])("is refused: %s", (_, change) => expect(PullInput.safeParse({ ...good, ...change }).success).toBe(false));

  it("leaves out what was not wanted, of what the session has; nothing wanted is everything", () => {
    const features = ["ID_VERIFICATION", "LIVENESS", "AML"];
    expect(termsForWanted(["LIVENESS", "POA"], features)).toEqual({ omit: ["ID_VERIFICATION", "AML"], media: true });
    expect(termsForWanted([], features)).toEqual({ omit: [], media: true });
  });

  it("travels as one line of names of which unknown ones are dropped", () => {
    expect(parseBlocks("AML,NONSENSE,ID_VERIFICATION,KYB_REGISTRY", "user")).toEqual(["ID_VERIFICATION", "AML"]);
    expect(parseBlocks(7, "user")).toEqual([]);
  });
});

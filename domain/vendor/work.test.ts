import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { asWorker, inTenant } from "@/db/client";
import {
  auditEntries,
  media,
  reviews,
  sessions,
  vendorBodies,
  vendorInboxes,
  vendorMessages,
  vendorSessions,
} from "@/db/schema";
import * as environment from "@/env";
import { changeRecord } from "../sessions/change";
import { eraseSession } from "../sessions/erase";
import { reviewSession } from "../sessions/review";
import { companyDecision, pdf, personDecision } from "../sessions/samples/decisions";
import {
  asOwner,
  bringIn,
  carryFrom,
  codeOf,
  newApplication,
  newPair,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { createInbox, deleteInbox, listInboxes, readInbox, rotateInboxSecret, updateInbox } from "./inboxes";
import { listMessages, readMessage, retryMessage } from "./messages";
import { receiveVendorMessage } from "./receive";
import { LEASE_SECONDS } from "./rules";
import { type MediaServer, seconds, signed, startMediaServer, statusUpdated } from "./testing";
import { workMessage } from "./work";
import { leaseMessages, sweepVendorMessages } from "./worker";

let vendor: MediaServer;
beforeAll(async () => {
  vendor = await startMediaServer();
  const real = environment.env();
  vi.spyOn(environment, "env").mockReturnValue({ ...real, webhookHosts: [vendor.host] });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await vendor.stop();
});

interface Inbox {
  application: TestApplication;
  id: string;
  secret: string;
}

async function newInbox(application?: TestApplication, more = {}): Promise<Inbox> {
  const own = application ?? (await newApplication());
  const { inbox, secret } = await createInbox(own.actor, { label: "Verifier", ...more });
  return { application: own, id: inbox.id, secret };
}

type Json = Record<string, unknown>;
const deliver = (inbox: Inbox, message: Json, more: { secret?: string; text?: string; headers?: Headers } = {}) => {
  const { body, headers } = signed(message, more.secret ?? inbox.secret, more.text);
  return receiveVendorMessage({
    applicationId: inbox.application.id,
    inboxId: inbox.id,
    body,
    headers: more.headers ?? headers,
  });
};
const never = new AbortController().signal;
const inside = <T>(inbox: Inbox, run: Parameters<typeof inTenant<T>>[1]) =>
  inTenant({ applicationId: inbox.application.id }, run);
const stored = (inbox: Inbox) => inside(inbox, (tx) => tx.select().from(vendorMessages).orderBy(vendorMessages.id));
const sessionsOf = (inbox: Inbox) => inside(inbox, (tx) => tx.select().from(sessions));

/** Works this inbox's message as a worker would that has just leased it. */
async function work(inbox: Inbox, eventId: unknown, signal = never) {
  const mine = and(eq(vendorMessages.inboxId, inbox.id), eq(vendorMessages.eventId, String(eventId)));
  const [before] = await inside(inbox, (tx) => tx.select().from(vendorMessages).where(mine));
  const tries = before!.tries + 1;
  await inside(inbox, (tx) =>
    tx
      .update(vendorMessages)
      .set({ tries, leasedUntil: new Date(Date.now() + LEASE_SECONDS * 1000) })
      .where(mine),
  );
  await workMessage({ applicationId: inbox.application.id, id: before!.id, tries }, signal);
  const [after] = await inside(inbox, (tx) => tx.select().from(vendorMessages).where(mine));
  return after!;
}

async function take(inbox: Inbox, message: Json) {
  await deliver(inbox, message);
  return work(inbox, message.event_id);
}

describe("a message that is delivered", () => {
  it("is stored once, sealed, and answered alike each time; nothing else happens in the request", async () => {
    const inbox = await newInbox();
    const decision = personDecision({ fullName: "Quetzal Ibarra" });
    const message = statusUpdated(decision);
    const answer = { received: true, event_id: message.event_id };
    expect(await deliver(inbox, message)).toEqual(answer);
    expect(await deliver(inbox, message)).toEqual(answer);
    const rows = await stored(inbox);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: "waiting", repeats: 1, vendorStatus: "Approved", signedWith: "current" });
    expect(await sessionsOf(inbox)).toEqual([]);
    const dump = await asOwner(
      (owner) => owner`
        select (select string_agg(to_jsonb(m)::text, '') from vendor_messages m where application_id = ${inbox.application.id})
          || (select string_agg(encode(sealed_body, 'escape'), '') from vendor_bodies where application_id = ${inbox.application.id})
          || (select string_agg(to_jsonb(i)::text, '') from vendor_inboxes i where application_id = ${inbox.application.id}) as text`,
    );
    for (const secret of ["Quetzal", inbox.secret, String(decision.vendor_data)])
      expect(dump[0]!.text).not.toContain(secret);
  });

  it("many times in the same instant is stored once", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(personDecision());
    await Promise.all(Array.from({ length: 8 }, () => deliver(inbox, message)));
    expect((await stored(inbox)).map((row) => row.repeats)).toEqual([7]);
  });

  it("again, as vendors do it: at another time, with fresh links, is the same message and takes the place of the old", async () => {
    const inbox = await newInbox();
    const decision = vendor.serve(personDecision());
    const message = statusUpdated(decision);
    await deliver(inbox, message);
    const again = JSON.parse(JSON.stringify(message).replaceAll("?signature=", "?expires=9&signature=new"));
    again.timestamp = seconds() + 5;
    await deliver(inbox, again);
    const [row] = await stored(inbox);
    expect(row!.repeats).toBe(1);
    const { body } = await readMessage(inbox.application.actor, row!.id);
    expect(JSON.stringify(body)).toContain("?expires=9&signature=new");
  });

  it("with another body under its event_id is refused, and the first stays", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(personDecision());
    await deliver(inbox, message);
    const other = { ...message, status: "Declined" };
    expect(await refusalOf(deliver(inbox, other))).toMatchObject({
      code: "conflict",
      extras: { more: { reason: "event_id_reused" } },
    });
    expect(await stored(inbox)).toMatchObject([{ vendorStatus: "Approved", repeats: 0 }]);
  });

  it("with a wrong signature, or an old one, is turned away; the inbox says when and why, and no more", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(personDecision());
    const refused = async (...given: [Json, Parameters<typeof deliver>[2]?]) =>
      (await refusalOf(deliver(inbox, ...given))).extras.more?.reason;
    expect(await refused(message, { secret: "another secret of them" })).toBe("signature_wrong");
    const { lastRefusal, lastRefusedAt } = await readInbox(inbox.application.actor, inbox.id);
    expect([lastRefusal, lastRefusedAt !== null]).toEqual(["signature_wrong", true]);
    expect(await refused({ ...message, timestamp: seconds() - 301 })).toBe("timestamp_stale");
    const { headers } = signed(message, inbox.secret);
    for (const name of ["x-signature", "x-signature-v2"]) headers.delete(name);
    expect(await refused(message, { headers })).toBe("signature_missing");
    expect((await refusalOf(deliver(inbox, {}))).code).toBe("invalid_input");
    // A flood of wrong requests costs one note in a while.
    expect((await readInbox(inbox.application.actor, inbox.id)).lastRefusedAt).toEqual(lastRefusedAt);
    expect(await stored(inbox)).toEqual([]);
  });

  it("to an inbox of another application, to none, and to one that is disabled or deleted, is not found", async () => {
    const { issuer, receiver } = await newPair();
    const inbox = await newInbox(issuer);
    const message = statusUpdated(personDecision());
    const refusals = [
      deliver({ ...inbox, application: receiver }, message),
      deliver({ ...inbox, id: randomUUID() }, message),
    ];
    for (const refused of await Promise.all(refusals.map(refusalOf))) expect(refused.message).toBe("Not found.");
    await updateInbox(issuer.actor, { id: inbox.id, enabled: false });
    expect(await codeOf(deliver(inbox, message))).toBe("not_found");
    await updateInbox(issuer.actor, { id: inbox.id, enabled: true });
    await deliver(inbox, message);
    await deleteInbox(issuer.actor, { id: inbox.id });
    expect(await codeOf(deliver(inbox, message))).toBe("not_found");
    expect(await stored(inbox)).toMatchObject([{ state: "failed", reason: "cut_off" }]);
  });
});

describe("secrets", () => {
  it("overlap on rotation for as long as was chosen, and may be the vendor's own", async () => {
    const inbox = await newInbox();
    const { actor } = inbox.application;
    const own = "the vendor made this one itself".replaceAll(" ", "-");
    expect((await rotateInboxSecret(actor, { id: inbox.id, secret: own, overlapInHours: 1 })).secret).toBe(own);
    await deliver(inbox, statusUpdated(personDecision()), { secret: own });
    await deliver(inbox, statusUpdated(personDecision()));
    expect((await stored(inbox)).map((row) => row.signedWith)).toEqual(["current", "previous"]);
    await inside(inbox, (tx) =>
      tx
        .update(vendorInboxes)
        .set({ previousSecretUntil: new Date(Date.now() - 1) })
        .where(eq(vendorInboxes.id, inbox.id)),
    );
    expect(await codeOf(deliver(inbox, statusUpdated(personDecision())))).toBe("unauthenticated");
    await rotateInboxSecret(actor, { id: inbox.id, overlapInHours: 0 });
    expect(await codeOf(deliver(inbox, statusUpdated(personDecision()), { secret: own }))).toBe("unauthenticated");
  });

  it("are for those who make keys; the log is for those who read webhooks, and what messages say for those who read sessions", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(personDecision());
    await deliver(inbox, message);
    const [row] = await stored(inbox);
    const as = (...privileges: string[]) => ({ ...inbox.application.actor, privileges: new Set(privileges) }) as never;
    const refused = [
      createInbox(as("read:webhooks", "write:webhooks"), { label: "x" }),
      updateInbox(as("write:webhooks"), { id: inbox.id, enabled: false }),
      rotateInboxSecret(as("write:webhooks"), { id: inbox.id }),
      deleteInbox(as("write:webhooks"), { id: inbox.id }),
      listInboxes(as("read:sessions")),
      listMessages(as("read:sessions"), { inboxId: inbox.id }, null, 10),
      readMessage(as("read:sessions"), row!.id),
      retryMessage(as("read:webhooks"), { id: row!.id }),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => "forbidden"));
    expect((await readMessage(as("read:webhooks"), row!.id)).body).toBeNull();
    expect((await readMessage(as("read:webhooks", "read:sessions"), row!.id)).body).toEqual(message);
  });

  it("and messages of another application are not found", async () => {
    const { issuer, receiver } = await newPair();
    const inbox = await newInbox(issuer);
    await deliver(inbox, statusUpdated(personDecision()));
    const [row] = await stored(inbox);
    const refused = [
      readInbox(receiver.actor, inbox.id),
      updateInbox(receiver.actor, { id: inbox.id, enabled: false }),
      rotateInboxSecret(receiver.actor, { id: inbox.id }),
      deleteInbox(receiver.actor, { id: inbox.id }),
      listMessages(receiver.actor, { inboxId: inbox.id }, null, 10),
      readMessage(receiver.actor, row!.id),
      retryMessage(receiver.actor, { id: row!.id }),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => "not_found"));
    expect(await listInboxes(receiver.actor)).toEqual([]);
  });

  it("a workflow of the other kind, or of another application, cannot be chosen", async () => {
    const { issuer, receiver } = await newPair();
    const refused = async (more: object) =>
      (await refusalOf(createInbox(issuer.actor, { label: "x", ...more }))).fields;
    expect(await refused({ userWorkflowId: issuer.workflows.business })).toHaveProperty("userWorkflowId");
    expect(await refused({ businessWorkflowId: issuer.workflows.user })).toHaveProperty("businessWorkflowId");
    expect(await refused({ userWorkflowId: receiver.workflows.user })).toHaveProperty("userWorkflowId");
  });
});

describe("a finished session", () => {
  it("of a person comes in with its media, in the workflow of the inbox, and the trail names the vendor", async () => {
    const application = await newApplication();
    const inbox = await newInbox(application, { userWorkflowId: application.workflows.otherUser });
    const decision = vendor.serve(personDecision());
    const done = await take(inbox, statusUpdated(decision));
    expect(done).toMatchObject({ state: "brought_in", reason: null });
    const [session] = await sessionsOf(inbox);
    expect(session).toMatchObject({
      id: done.sessionId,
      status: "Approved",
      externalReference: decision.session_id,
      vendorData: decision.vendor_data,
      workflowId: application.workflows.otherUser,
    });
    const files = await inside(inbox, (tx) => tx.select().from(media).where(eq(media.sessionId, session!.id)));
    expect(files.length).toBeGreaterThan(3);
    const trail = await inside(inbox, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.subjectId, session!.id)),
    );
    expect(trail).toMatchObject([{ action: "session.bring_in", actorLabel: "Verifier", actorKind: "system" }]);
  });

  it("of a company, too, in the default workflow", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(vendor.serve(companyDecision({ status: "In Review" })), { status: "IN_REVIEW" });
    expect(await take(inbox, message)).toMatchObject({ state: "brought_in", kind: "business" });
    expect(await sessionsOf(inbox)).toMatchObject([
      { kind: "business", status: "In Review", workflowId: inbox.application.workflows.business },
    ]);
  });

  it("told twice by two events in the same instant becomes one session", async () => {
    const inbox = await newInbox();
    const decision = vendor.serve(personDecision());
    const messages = [statusUpdated(decision), statusUpdated(decision)];
    await Promise.all(messages.map((message) => deliver(inbox, message)));
    const ends = await Promise.all(messages.map((message) => work(inbox, message.event_id)));
    expect(ends.map((end) => end.state).sort()).toEqual(["brought_in", "updated"]);
    expect(await sessionsOf(inbox)).toHaveLength(1);
  });

  it.each([
    [{ webhook_type: "user.data.updated" }, "acknowledged", "other_event"],
    [{ status: "In Progress", decision: undefined }, "acknowledged", "not_finished"],
    [{ status: "Kyc Expired" }, "acknowledged", "not_finished"],
    [{ metadata: { test_webhook: true } }, "acknowledged", "test_message"],
    [{ environment: "live" }, "refused", "environment_mismatch"],
    [{ decision: undefined }, "refused", "not_a_decision"],
    [{ decision: { session_kind: "user" }, session_id: undefined }, "refused", "not_a_decision"],
    [{ status: "Declined" }, "refused", "not_a_decision"],
  ])("is not what %j tells: %s, %s", async (more, state, reason) => {
    const inbox = await newInbox();
    expect(await take(inbox, statusUpdated(personDecision(), more))).toMatchObject({ state, reason });
    expect(await sessionsOf(inbox)).toEqual([]);
  });

  it("whose decision is not in the contract's shape is refused with the places, without what stands there", async () => {
    const inbox = await newInbox();
    const decision = vendor.serve(personDecision());
    (decision.id_verifications as Json[])[0]!.date_of_birth = "Canary-1999";
    const refused = await take(inbox, statusUpdated(decision));
    expect(refused).toMatchObject({ state: "refused", reason: "not_a_decision" });
    expect(refused.problems!.map(({ path }) => path)).toEqual(["id_verifications.0.date_of_birth"]);
    expect(JSON.stringify(refused.problems)).not.toContain("Canary");
  });

  it("without a workflow to land in is refused, and comes in once there is one", async () => {
    const application = await newApplication();
    const inbox = await newInbox(application, { userWorkflowId: application.workflows.otherUser });
    const archive = (at: Date | null) =>
      asOwner((owner) => owner`update workflows set archived_at = ${at} where id = ${application.workflows.otherUser}`);
    await archive(new Date());
    const message = statusUpdated(vendor.serve(personDecision()));
    const refused = await take(inbox, message);
    expect(refused).toMatchObject({ state: "refused", reason: "no_workflow" });
    await archive(null);
    await retryMessage(application.actor, { id: refused.id });
    expect(await work(inbox, message.event_id)).toMatchObject({ state: "brought_in", reason: null });
    expect(await codeOf(retryMessage(application.actor, { id: refused.id }))).toBe("conflict");
  });
});

describe("media", () => {
  const withOne = (link: string) => {
    const decision = vendor.serve(personDecision());
    (decision.id_verifications as Json[])[0]!.front_image = link;
    return statusUpdated(decision);
  };
  const behind = (answer: { status?: number; bytes?: Buffer; location?: string }) => {
    const path = `/${randomUUID()}`;
    vendor.answers.set(path, answer);
    return vendor.origin + path;
  };

  it.each([
    "http://10.0.0.1/a.jpg",
    "https://10.0.0.1/a.jpg",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/a.jpg",
    "https://localhost/a.jpg",
    "http://127.0.0.1:1/a.jpg",
    "file:///etc/passwd",
    "media:00000000-0000-4000-8000-000000000000",
    "not a link",
  ])("behind %s are never asked for", async (link) => {
    const inbox = await newInbox();
    expect(await take(inbox, withOne(link))).toMatchObject({
      state: "failed",
      reason: "media_address_refused",
      problems: [{ path: "id_verifications[0].front_image" }],
    });
    expect(await sessionsOf(inbox)).toEqual([]);
  });

  it.each([
    ["too large", () => Buffer.concat([pdf(), Buffer.alloc(16 * 1024 * 1024)]), "media_too_large"],
    ["of no accepted type", () => Buffer.from("<svg onload=alert(1)>"), "media_not_accepted"],
    ["empty", () => Buffer.alloc(0), "media_not_accepted"],
  ])("that are %s fail the message", async (_, bytes, reason) => {
    const inbox = await newInbox();
    expect(await take(inbox, withOne(behind({ status: 200, bytes: bytes() })))).toMatchObject({
      state: "failed",
      reason,
    });
    expect(await sessionsOf(inbox)).toEqual([]);
  });

  it("behind a redirect are not followed; what answers otherwise is tried later, and comes in when it can be had", async () => {
    const inbox = await newInbox();
    const target = behind({ status: 200, bytes: pdf() });
    const link = behind({ status: 302, location: target });
    const message = withOne(link);
    const waiting = await take(inbox, message);
    expect(waiting).toMatchObject({ state: "waiting", reason: "media_refused", tries: 1, leasedUntil: null });
    expect(waiting.dueAt.getTime()).toBeGreaterThan(Date.now() + 10_000);
    expect(vendor.asked).not.toContain(new URL(target).pathname);
    vendor.answers.set(new URL(link).pathname, { status: 200, bytes: pdf() });
    expect(await work(inbox, message.event_id)).toMatchObject({ state: "brought_in", tries: 2, reason: null });
  });

  it("that never come end as failed with the reason; a repeat with links that work brings the session in", async () => {
    const inbox = await newInbox();
    const link = behind({ status: 403 });
    const message = withOne(link);
    await deliver(inbox, message);
    let last = await work(inbox, message.event_id);
    while (last.state === "waiting") last = await work(inbox, message.event_id);
    expect(last).toMatchObject({ state: "failed", reason: "media_refused", tries: 6 });
    vendor.answers.set(new URL(link).pathname, { status: 200, bytes: pdf() });
    await deliver(inbox, { ...message, timestamp: seconds() });
    expect(await stored(inbox)).toMatchObject([{ state: "waiting", tries: 0, repeats: 1 }]);
    expect(await work(inbox, message.event_id)).toMatchObject({ state: "brought_in" });
  });
});

describe("a later message about a session", () => {
  const begun = async (status: "In Review" | "Approved" = "In Review") => {
    const inbox = await newInbox();
    const first = vendor.serve(personDecision({ status, fullName: "Before Change" }));
    const at = seconds() - 100;
    const done = await take(inbox, statusUpdated(first, { created_at: at }));
    const later = (next: string, more: Json = {}, change: Json = {}) =>
      statusUpdated(vendor.serve({ ...first, status: next, ...change }), { created_at: at + 10, ...more });
    return { inbox, first, at, sessionId: done.sessionId!, later };
  };
  const session = async (inbox: Inbox) => (await sessionsOf(inbox))[0]!;

  it("takes the place of the record, moves the status, and is in the trail; old media go", async () => {
    const { inbox, sessionId, later } = await begun();
    const before = await inside(inbox, (tx) => tx.select({ id: media.blobId }).from(media));
    expect(await take(inbox, later("Approved", {}, { country: "PRT" }))).toMatchObject({ state: "updated", sessionId });
    expect(await session(inbox)).toMatchObject({ status: "Approved", version: 2 });
    const after = await inside(inbox, (tx) => tx.select({ id: media.blobId }).from(media));
    expect(after).toHaveLength(before.length);
    expect(after.some(({ id }) => before.some((old) => old.id === id))).toBe(false);
    const [review] = await inside(inbox, (tx) => tx.select().from(reviews).where(eq(reviews.sessionId, sessionId)));
    expect(review).toMatchObject({ action: "decision", actorLabel: "Verifier", previousStatus: "In Review" });
    const trail = await inside(inbox, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "session.vendor_update")),
    );
    expect(trail).toMatchObject([{ detail: { previous_status: "In Review", new_status: "Approved" } }]);
  });

  it("takes an approval back, expires it, and says so to partners who have a clone", async () => {
    const { inbox, sessionId, later } = await begun("Approved");
    const receiver = await newApplication();
    await share(inbox.application, receiver, sessionId);
    await carryFrom(inbox.application);
    expect(await take(inbox, later("Declined"))).toMatchObject({ state: "updated" });
    expect((await session(inbox)).status).toBe("Declined");
    const relays = await asOwner(
      (owner) => owner`select payload from outbox where application_id = ${inbox.application.id}
        and type = 'source.status.updated' and to_application_id = ${receiver.id}`,
    );
    expect(relays.map((row) => row.payload.new_status)).toEqual(["Declined"]);
    const again = await begun("Approved");
    expect(await take(again.inbox, again.later("Kyc Expired", { decision: undefined }))).toMatchObject({
      state: "updated",
    });
    expect((await session(again.inbox)).status).toBe("Kyc Expired");
  });

  it("that is older than the last changes nothing, in whatever order they arrive", async () => {
    const { inbox, later, at } = await begun();
    await take(inbox, later("Approved"));
    expect(await take(inbox, later("Declined", { created_at: at + 5 }))).toMatchObject({
      state: "acknowledged",
      reason: "older_message",
    });
    expect((await session(inbox)).status).toBe("Approved");
  });

  it("never overwrites what was decided or corrected here: it stays refused, with the reason", async () => {
    const decided = await begun();
    await reviewSession(decided.inbox.application.actor, { sessionId: decided.sessionId, newStatus: "Declined" });
    expect(await take(decided.inbox, decided.later("Approved"))).toMatchObject({
      state: "refused",
      reason: "decided_here",
      sessionId: decided.sessionId,
    });
    expect((await session(decided.inbox)).status).toBe("Declined");
    const corrected = await begun();
    await changeRecord(corrected.inbox.application.actor, corrected.sessionId, (decision) => {
      decision.id_verifications![0]!.first_name = "Corrected";
      return { fields: ["first_name"], previous: {}, next: {}, where: {} };
    });
    expect(await take(corrected.inbox, corrected.later("Approved"))).toMatchObject({ reason: "decided_here" });
  });

  it("waits for a decision that is being made here, and then leaves it alone", async () => {
    const { inbox, sessionId, later } = await begun();
    const message = later("Approved");
    await deliver(inbox, message);
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const reviewing = reviewSession(
      { ...inbox.application.actor, beforeCommit: () => held },
      { sessionId, newStatus: "Declined" },
    );
    const working = work(inbox, message.event_id);
    setTimeout(go, 500);
    await reviewing;
    expect(await working).toMatchObject({ state: "refused", reason: "decided_here" });
  });

  it("about one that was erased does not bring it back, and what was delivered about it is gone", async () => {
    const { inbox, sessionId, later } = await begun();
    await eraseSession(inbox.application.actor, { sessionId });
    expect(await inside(inbox, (tx) => tx.select().from(vendorBodies))).toEqual([]);
    expect(await take(inbox, later("Approved"))).toMatchObject({ state: "refused", reason: "session_erased" });
    expect(await sessionsOf(inbox)).toEqual([]);
    expect(await inside(inbox, (tx) => tx.select().from(vendorBodies))).toHaveLength(1);
  });

  it("by another vendor does not touch it, and one about what came in by file goes on with that", async () => {
    const { inbox, first, later } = await begun();
    const other = await newInbox(inbox.application);
    expect(await take(other, later("Approved"))).toMatchObject({ state: "refused", reason: "came_otherwise" });
    expect(first.session_id).toBe((await session(inbox)).externalReference);
    const byFile = await newInbox();
    const decision = personDecision({ status: "In Review" });
    const { id } = await bringIn(byFile.application, decision);
    const message = statusUpdated(vendor.serve({ ...decision, status: "Approved" }));
    expect(await take(byFile, message)).toMatchObject({ state: "updated", sessionId: id });
    expect(await inside(byFile, (tx) => tx.select().from(vendorSessions))).toHaveLength(1);
  });

  it("that calls a person a company is refused", async () => {
    const { inbox, first } = await begun();
    const company = { ...companyDecision(), session_id: first.session_id };
    expect(await take(inbox, statusUpdated(vendor.serve(company)))).toMatchObject({ reason: "kind_changed" });
  });
});

describe("the worker", () => {
  /** Messages of other tests wait as well: what they are is not asked, and they are given back. */
  async function leaseOf(inbox: Inbox) {
    const leased = await leaseMessages(1000);
    const others = leased.filter((one) => one.applicationId !== inbox.application.id);
    for (const other of others)
      await inTenant({ applicationId: other.applicationId }, (tx) =>
        tx
          .update(vendorMessages)
          .set({ leasedUntil: null, tries: other.tries - 1 })
          .where(and(eq(vendorMessages.applicationId, other.applicationId), eq(vendorMessages.id, other.id))),
      );
    return leased.filter((one) => one.applicationId === inbox.application.id);
  }

  it("that dies in the middle leaves its message to the next, which makes one session; the dead one's work counts for nothing", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(vendor.serve(personDecision()));
    await deliver(inbox, message);
    const [first] = await leaseOf(inbox);
    expect(first).toMatchObject({ tries: 1 });
    expect(await leaseOf(inbox)).toEqual([]);
    // Dies here. Once its lease has run out, another takes over.
    await inside(inbox, (tx) => tx.update(vendorMessages).set({ leasedUntil: new Date(0) }));
    const [second] = await leaseOf(inbox);
    expect(second).toMatchObject({ id: first!.id, tries: 2 });
    // The first was only slow: both finish, and only the one that holds the lease counts.
    await Promise.all([workMessage(first!, never), workMessage(second!, never)]);
    expect(await stored(inbox)).toMatchObject([{ state: "brought_in", tries: 2 }]);
    expect(await sessionsOf(inbox)).toHaveLength(1);
  });

  it("that is cut off inside the transaction leaves nothing behind", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(vendor.serve(personDecision()));
    await deliver(inbox, message);
    await asOwner(async (owner) => {
      await owner.unsafe(`create or replace function cut_vendor() returns trigger language plpgsql as $$
        begin if new.application_id = '${inbox.application.id}' and new.state = 'brought_in' then
          raise exception 'cut off'; end if; return new; end $$`);
      await owner.unsafe(
        "create or replace trigger cut_vendor before update on vendor_messages for each row execute function cut_vendor()",
      );
    });
    await expect(work(inbox, message.event_id)).rejects.toThrow();
    await asOwner((owner) => owner`drop trigger cut_vendor on vendor_messages`);
    expect(await sessionsOf(inbox)).toEqual([]);
    expect(await inside(inbox, (tx) => tx.select().from(vendorSessions))).toEqual([]);
    expect(await work(inbox, message.event_id)).toMatchObject({ state: "brought_in", tries: 2 });
  });

  it("that is told to stop gives its message back untouched", async () => {
    const inbox = await newInbox();
    const message = statusUpdated(vendor.serve(personDecision()));
    await deliver(inbox, message);
    const stopped = new AbortController();
    stopped.abort();
    expect(await work(inbox, message.event_id, stopped.signal)).toMatchObject({
      state: "waiting",
      tries: 0,
      leasedUntil: null,
    });
  });

  it("takes two messages of one inbox at a time, so that one vendor does not hold up the others", async () => {
    const [inbox, other] = [await newInbox(), await newInbox()];
    for (let count = 0; count < 4; count++) await deliver(inbox, statusUpdated(personDecision()));
    await deliver(other, statusUpdated(personDecision()));
    const leased = await leaseMessages(1000);
    const of = ({ application }: Inbox) => leased.filter((one) => one.applicationId === application.id).length;
    expect([of(inbox), of(other)]).toEqual([2, 1]);
    expect(await leaseOf(inbox)).toEqual([]);
  });

  it("gives up what kills it each time, and clears away what is older than it is kept", async () => {
    const inbox = await newInbox();
    const [deadly, old] = [statusUpdated(personDecision()), statusUpdated(personDecision())];
    await deliver(inbox, deadly);
    await deliver(inbox, old);
    const set = (event: Json, values: Partial<typeof vendorMessages.$inferInsert>) =>
      inside(inbox, (tx) =>
        tx
          .update(vendorMessages)
          .set(values)
          .where(eq(vendorMessages.eventId, String(event.event_id))),
      );
    await set(deadly, { tries: 8, leasedUntil: new Date(0) });
    await set(old, { receivedAt: new Date(Date.now() - 31 * 86_400_000) });
    await sweepVendorMessages();
    expect(await stored(inbox)).toMatchObject([{ eventId: deadly.event_id, state: "failed", reason: "cut_off" }]);
    expect(await inside(inbox, (tx) => tx.select().from(vendorBodies))).toHaveLength(1);
  });

  it("sees neither what messages say nor whose secret signed them", async () => {
    for (const table of [vendorBodies, vendorInboxes, vendorSessions])
      await expect(asWorker((tx) => tx.select().from(table))).rejects.toThrow();
    await expect(asWorker((tx) => tx.select().from(vendorMessages))).rejects.toThrow();
  });
});

describe("the log", () => {
  it("is paged both ways, newest first, and by state", async () => {
    const inbox = await newInbox();
    const { actor } = inbox.application;
    const messages = Array.from({ length: 5 }, () => statusUpdated(personDecision(), { webhook_type: "data.updated" }));
    for (const message of messages) await deliver(inbox, message);
    await work(inbox, messages[0]!.event_id);
    const newest = [...messages].reverse().map((message) => message.event_id);
    const first = await listMessages(actor, { inboxId: inbox.id }, null, 2);
    expect(first.rows.map((row) => row.eventId)).toEqual(newest.slice(0, 2));
    expect(first.previous).toBeNull();
    const second = await listMessages(actor, { inboxId: inbox.id }, first.next, 2);
    expect(second.rows.map((row) => row.eventId)).toEqual(newest.slice(2, 4));
    const back = await listMessages(actor, { inboxId: inbox.id }, second.previous, 2, "newer");
    expect(back.rows.map((row) => row.eventId)).toEqual(newest.slice(0, 2));
    expect((await listMessages(actor, { inboxId: inbox.id, state: "acknowledged" }, null, 9)).rows).toHaveLength(1);
    expect((await listInboxes(actor))[0]).toMatchObject({ waiting: 4, failed: 0 });
  });

  it("names a message without an event_id by none, and keeps it once", async () => {
    const inbox = await newInbox();
    const probe = statusUpdated(personDecision(), { event_id: undefined });
    await deliver(inbox, probe);
    await deliver(inbox, { ...probe, timestamp: seconds() });
    const { rows } = await listMessages(inbox.application.actor, { inboxId: inbox.id }, null, 10);
    expect(rows).toMatchObject([{ eventId: null, repeats: 1 }]);
  });
});

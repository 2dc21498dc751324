import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, sessions, webhookBodies, webhookDeliveries, webhookDestinations } from "@/db/schema";
import { reviewSession } from "../sessions/review";
import { asOwner, newApplication, newCompany, newPair, newPerson, share, type TestApplication } from "../testing";
import { deliverQueue } from "./deliver";
import { listDeliveries, readDelivery } from "./deliveries";
import { createDestination, readDestination, updateDestination } from "./destinations";
import { leaseQueues, releaseQueues, renewLeases } from "./queue";
import { resendDeliveries, resendDelivery } from "./resend";
import type { WebhookEvent } from "./rules";
import { verifySignature } from "./sign";
import { sweepWebhooks } from "./sweep";
import { sendTest } from "./test-delivery";
import { startReceiver, type TestServer } from "./testing";

let receiver: TestServer;
let application: TestApplication;
beforeEach(async () => {
  [receiver, application] = await Promise.all([startReceiver(), newApplication()]);
});
afterEach(() => receiver.stop());

const never = new AbortController().signal;

async function subscribe(
  to: TestApplication = application,
  more: { events?: WebhookEvent[]; path?: string; webhookVersion?: "v1" | "v2" | "v3" } = {},
) {
  const { destination, secret } = await createDestination(to.actor, {
    url: receiver.url + (more.path ?? ""),
    subscribedEvents: more.events ?? ["status.updated"],
    webhookVersion: more.webhookVersion,
  });
  const queue = { applicationId: to.id, destinationId: destination.id };
  return { id: destination.id, secret, queue, deliver: async () => (await deliverQueue(queue, never, never)).sent };
}

const decide = (of: TestApplication, sessionId: string, newStatus: "Approved" | "Declined" | "Resubmitted") =>
  reviewSession(of.actor, { sessionId, newStatus });

const deliveriesOf = async (of: TestApplication, state?: "pending" | "delivered" | "failed") =>
  (await listDeliveries(of.actor, { state }, null, 200)).rows.map(({ delivery }) => delivery);

/** As if that much time had passed for whatever waits. */
const letTimePass = (of: TestApplication, interval: string) =>
  asOwner(
    (owner) => owner`
      update webhook_deliveries set due_at = due_at - ${interval}::interval, give_up_at = give_up_at - ${interval}::interval
      where application_id = ${of.id} and due_at <> 'infinity'`,
  ).then(() =>
    asOwner(
      (owner) => owner`
        update webhook_queues set held_until = held_until - ${interval}::interval,
          failing_since = failing_since - ${interval}::interval
        where application_id = ${of.id} and held_until not in ('infinity', '-infinity')`,
    ),
  );

describe("a status change", () => {
  it("reaches a subscribed destination signed, in canonical form, with the decision of contract section 5.5", async () => {
    const { secret, deliver } = await subscribe();
    const session = await newPerson(application, { status: "In Review", fullName: "Zoë 日本 O'Neill" });
    await deliver();
    receiver.received.length = 0;
    await decide(application, session.id, "Approved");
    await deliver();

    const [webhook] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(webhook!.json).toMatchObject({
      webhook_type: "status.updated",
      application_id: application.id,
      environment: "sandbox",
      session_id: session.id,
      status: "Approved",
      trigger: "manual_review",
      workflow_version: 1,
      decision: { session_id: session.id, status: "Approved", id_verifications: [{ full_name: "Zoë 日本 O'Neill" }] },
    });
    expect(webhook!.json.event_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(webhook!.json.created_at).toBeTypeOf("number");
    expect(webhook!.json).not.toHaveProperty("session_kind");
    expect(webhook!.json.decision.id_verifications[0].front_image).toMatch(/^http.*\/media\/.*expires=/);
    expect(webhook!.headers["x-signature"]).toBe(webhook!.headers["x-signature-v2"]);
    expect(webhook!.headers["x-timestamp"]).toBe(String(webhook!.json.timestamp));
    for (const header of ["X-Signature", "X-Signature-V2", "X-Signature-Simple"] as const) {
      const headers = new Headers(webhook!.headers as Record<string, string>);
      expect(verifySignature({ body: webhook!.body, headers, secret, now: new Date(), header })).toMatchObject({
        ok: true,
      });
    }
    expect(await deliveriesOf(application, "delivered")).toHaveLength(2);
  });

  it("of a company says so, and spells its status as the application does", async () => {
    const { deliver } = await subscribe();
    const company = await newCompany(application, { status: "In Review" });
    await decide(application, company.id, "Declined");
    await deliver();
    expect(receiver.received.at(-1)!.json).toMatchObject({
      session_kind: "business",
      business_session_id: company.id,
      status: "DECLINED",
      decision: { status: "DECLINED" },
    });
  });

  it("to Resubmitted names the steps and has no decision", async () => {
    const { deliver } = await subscribe();
    const session = await newPerson(application, { status: "In Review" });
    await reviewSession(application.actor, {
      sessionId: session.id,
      newStatus: "Resubmitted",
      reasonCode: "document_expired",
      nodes: [{ nodeId: "feature_ocr" }],
    });
    await deliver();
    const { json } = receiver.received.at(-1)!;
    expect(json.resubmit_info).toEqual({
      nodes_to_resubmit: [{ node_id: "feature_ocr", feature: "OCR" }],
      reasons: { feature_ocr: "DOCUMENT_EXPIRED" },
    });
    expect(json).not.toHaveProperty("decision");
  });

  it("is sent to the receiver of an import, and to nobody else", async () => {
    const { issuer, receiver: importer } = await newPair();
    const { deliver } = await subscribe(importer);
    const atIssuer = await subscribe(issuer, { path: "/issuer" });
    const session = await newPerson(issuer);
    await atIssuer.deliver();
    receiver.received.length = 0;
    const imported = await share(issuer, importer, session.id);
    await Promise.all([deliver(), atIssuer.deliver()]);
    expect(receiver.received.map(({ json }) => [json.application_id, json.session_id, json.status])).toEqual([
      [importer.id, imported.sessionId, "In Review"],
    ]);
    expect(receiver.received[0]!.json.decision.shared_from_session).toBe(session.id);
  });

  it("is not queued for a destination that is disabled or subscribed to something else", async () => {
    await subscribe(application, { events: ["user.status.updated"] });
    const { id } = await subscribe(application, { path: "/two" });
    await updateDestination(application.actor, { destinationId: id, enabled: false });
    await newPerson(application);
    expect(await deliveriesOf(application)).toHaveLength(0);
  });

  it("comes in older versions for destinations that ask for them", async () => {
    const v2 = await subscribe(application, { path: "/v2", webhookVersion: "v2" });
    const v1 = await subscribe(application, { path: "/v1", webhookVersion: "v1" });
    await newPerson(application);
    await v2.deliver();
    await v1.deliver();
    const [second, first] = receiver.received.map(({ json }) => json);
    expect(second.decision.kyc).toMatchObject({ document_type: "Identity Card" });
    expect(second.decision).not.toHaveProperty("id_verifications");
    expect(first).not.toHaveProperty("decision");
    expect(first.event_id).toBe(second.event_id);
  });
});

describe("a failing destination", () => {
  it("is tried again with the same event_id, a fresh time and valid signatures, by the schedule", async () => {
    const { deliver, secret } = await subscribe();
    receiver.answer = { status: 503 };
    await newPerson(application);
    await deliver();
    const [waiting] = await deliveriesOf(application, "pending");
    expect(waiting).toMatchObject({ attemptsCount: 1, lastStatus: 503, lastError: "unsuccessful_status" });
    const wait = waiting!.dueAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThan(67_000);
    await deliver();
    expect(receiver.received).toHaveLength(1);

    await letTimePass(application, "70 seconds");
    receiver.answer = { status: 200 };
    await deliver();
    const [first, second] = receiver.received;
    expect(second!.json.event_id).toBe(first!.json.event_id);
    const headers = new Headers(second!.headers as Record<string, string>);
    expect(verifySignature({ body: second!.body, headers, secret, now: new Date() })).toMatchObject({ ok: true });
    expect(await deliveriesOf(application, "delivered")).toMatchObject([{ attemptsCount: 2 }]);
  });

  it.each([400, 401, 403, 405, 422])(
    "that answers %i is not asked again: the delivery is a dead letter",
    async (status) => {
      const { deliver } = await subscribe();
      receiver.answer = { status };
      await newPerson(application);
      await deliver();
      expect(await deliveriesOf(application, "failed")).toMatchObject([{ lastStatus: status, attemptsCount: 1 }]);
    },
  );

  it("that redirects is not followed, and is tried again", async () => {
    const { deliver } = await subscribe();
    receiver.answer = { status: 302, headers: { location: `${receiver.url}/elsewhere` } };
    await newPerson(application);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await deliveriesOf(application, "pending")).toMatchObject([{ lastStatus: 302 }]);
  });

  it("that is gone (410) is disabled, its waiting deliveries kept as dead letters, and the trail says so", async () => {
    const { deliver, id } = await subscribe();
    receiver.answer = { status: 410 };
    await newPerson(application);
    await newPerson(application);
    await deliver();
    expect(await readDestination(application.actor, id)).toMatchObject({ enabled: false, disabledReason: "gone" });
    const failed = await deliveriesOf(application, "failed");
    expect(failed.map(({ lastError }) => lastError).sort()).toEqual(["destination_disabled", "unsuccessful_status"]);
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "webhook_destination.disable")),
    );
    expect(entries).toMatchObject([{ subjectId: id, detail: { code: "gone" }, actorKind: "system" }]);
  });

  it("that asks for time (429, Retry-After) gets it, for everything that waits there", async () => {
    const { deliver, queue } = await subscribe();
    receiver.answer = { status: 429, headers: { "retry-after": "120" } };
    await newPerson(application);
    await newPerson(application);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await leaseable(queue)).toBe(false);
    const [waiting] = (await deliveriesOf(application, "pending")).filter(({ attemptsCount }) => attemptsCount === 1);
    expect(waiting!.dueAt.getTime() - Date.now()).toBeGreaterThan(100_000);
  });

  it("is held back after some rounds, tried with one message, and flows again once it answers", async () => {
    const { deliver, queue, id } = await subscribe();
    receiver.answer = { status: 500 };
    for (let count = 0; count < 6; count++) await newPerson(application);
    await deliver();
    expect(receiver.received).toHaveLength(3);
    expect(await leaseable(queue)).toBe(false);
    await letTimePass(application, "10 seconds");
    expect(await leaseable(queue)).toBe(true);
    receiver.answer = { status: 200 };
    await deliver();
    expect(await deliveriesOf(application, "delivered")).toHaveLength(3);
    expect((await readDestination(application.actor, id)).queue.consecutiveFailures).toBe(0);
  });

  it("that has only failed for three days is disabled", async () => {
    const { deliver, id } = await subscribe();
    receiver.answer = { status: 500 };
    await newPerson(application);
    await deliver();
    await asOwner(
      (owner) => owner`
        update webhook_queues set consecutive_failures = 40, failing_since = now() - interval '73 hours', held_until = '-infinity'
        where application_id = ${application.id}`,
    );
    await letTimePass(application, "2 minutes");
    await deliver();
    expect(await readDestination(application.actor, id)).toMatchObject({ enabled: false, disabledReason: "failing" });
  });

  it("gives a message up after its last attempt, and after 48 hours in any case", async () => {
    const { deliver } = await subscribe();
    receiver.answer = { status: 500 };
    await newPerson(application);
    for (let attempt = 0; attempt < 9; attempt++) {
      await deliver();
      await letTimePass(application, "16 hours");
      await asOwner(
        (owner) =>
          owner`update webhook_deliveries set give_up_at = now() + interval '1 hour' where application_id = ${application.id}`,
      );
    }
    expect(await deliveriesOf(application, "failed")).toMatchObject([{ attemptsCount: 9 }]);
    await newPerson(application);
    await letTimePass(application, "49 hours");
    await sweepWebhooks();
    expect((await deliveriesOf(application, "failed")).map(({ lastError }) => lastError)).toContain("expired");
  });
});

async function leaseable(queue: { applicationId: string; destinationId: string }): Promise<boolean> {
  const taken = await leaseQueues("test", 10_000);
  await releaseQueues("test", taken);
  return taken.some(({ destinationId }) => destinationId === queue.destinationId);
}

describe("the order", () => {
  it("of a session's changes is kept: a later one waits for an earlier one that failed", async () => {
    const { deliver, queue } = await subscribe();
    const session = await newPerson(application, { status: "In Review" });
    await deliver();
    receiver.received.length = 0;
    receiver.answer = { status: 500 };
    await decide(application, session.id, "Approved");
    await decide(application, session.id, "Declined");
    await deliver();
    await deliver();
    expect(receiver.received.map(({ json }) => json.status)).toEqual(["Approved"]);
    // Nothing that could be sent: the line is not looked at again until then.
    await asOwner(
      (owner) => owner`update webhook_queues set held_until = '-infinity' where application_id = ${application.id}`,
    );
    expect(await leaseable(queue)).toBe(false);

    receiver.answer = { status: 200 };
    await letTimePass(application, "2 minutes");
    await deliver();
    expect(receiver.received.map(({ json }) => json.status)).toEqual(["Approved", "Approved", "Declined"]);
  });

  it("does not hold up other sessions", async () => {
    const { deliver } = await subscribe();
    const [one, other] = [await newPerson(application), await newPerson(application)];
    receiver.decide = ({ json }) => ({ status: json.session_id === one.id ? 500 : 200 });
    await decide(application, one.id, "Declined");
    await decide(application, other.id, "Declined");
    await deliver();
    const told = receiver.received.filter(({ json }) => json.session_id === other.id).map(({ json }) => json.status);
    expect(told).toEqual(["Approved", "Declined"]);
  });
});

describe("leases", () => {
  it("give a line to one worker, and to another once they run out", async () => {
    const { queue } = await subscribe();
    await newPerson(application);
    const mine = (taken: { destinationId: string }[]) =>
      taken.some(({ destinationId }) => destinationId === queue.destinationId);
    const [first, second] = await Promise.all([leaseQueues("one", 10_000), leaseQueues("two", 10_000)]);
    expect([mine(first), mine(second)].filter(Boolean)).toHaveLength(1);
    await renewLeases(mine(first) ? "one" : "two", [queue]);
    expect(mine(await leaseQueues("three", 10_000))).toBe(false);
    await asOwner(
      (owner) =>
        owner`update webhook_queues set leased_until = now() - interval '1 second' where application_id = ${application.id}`,
    );
    expect(mine(await leaseQueues("three", 10_000))).toBe(true);
    await Promise.all(["one", "two", "three"].map((id) => releaseQueues(id, [...first, ...second, queue])));
  });

  it("that another worker has taken over are not worked on: one that stood still sends nothing twice", async () => {
    const { queue, deliver } = await subscribe();
    await newPerson(application);
    const holder = (name: string) =>
      asOwner(
        (owner) => owner`update webhook_queues set leased_by = ${name}, leased_until = now() + interval '1 minute'
        where application_id = ${application.id}`,
      );
    await holder("two");
    expect(await deliverQueue({ ...queue, leasedBy: "one" }, never, never)).toMatchObject({ sent: 0 });
    expect(receiver.received).toHaveLength(0);
    expect(await deliverQueue({ ...queue, leasedBy: "two" }, never, never)).toMatchObject({ sent: 1 });
    expect(await deliver()).toBe(0);
    await releaseQueues("two", [queue]);
  });

  it("are renewed although one of the lines is being written", async () => {
    const [one, other] = [await subscribe(), await subscribe(application, { path: "/other" })];
    const lines = [one.queue, other.queue];
    await asOwner(
      (owner) => owner`update webhook_queues set leased_by = 'busy', leased_until = now() + interval '1 second'
      where application_id = ${application.id}`,
    );
    await asOwner((owner) =>
      owner.begin(async (tx) => {
        await tx`select 1 from webhook_queues where destination_id = ${one.id} for update`;
        await renewLeases("busy", lines);
        const [left] = await tx`select extract(epoch from leased_until - clock_timestamp())::float8 as seconds
        from webhook_queues where destination_id = ${other.id}`;
        expect(left!.seconds).toBeGreaterThan(2);
      }),
    );
    await releaseQueues("busy", lines);
  });
});

describe("a rotated secret", () => {
  it("signs beside the one before it until the overlap ends", async () => {
    const { id, secret: before, deliver } = await subscribe();
    const { secret: after } = await updateDestination(application.actor, {
      destinationId: id,
      rotateSecret: true,
      overlapInSeconds: 3600,
    });
    await newPerson(application);
    await deliver();
    const check = (secret: string) => {
      const { headers, body } = receiver.received.at(-1)!;
      return verifySignature({
        body,
        headers: new Headers(headers as Record<string, string>),
        secret,
        now: new Date(),
      });
    };
    expect(check(after!)).toEqual({ ok: true, signedWith: "current" });
    expect(check(before)).toEqual({ ok: true, signedWith: "previous" });

    await asOwner(
      (owner) =>
        owner`update webhook_destinations set previous_secret_until = now() - interval '1 second' where id = ${id}`,
    );
    await newPerson(application);
    await deliver();
    expect(check(after!).ok).toBe(true);
    expect(check(before).ok).toBe(false);
  });

  it("that a strict receiver does not know yet is followed at once by the one it knows", async () => {
    const { id, secret: before, deliver } = await subscribe();
    await updateDestination(application.actor, { destinationId: id, rotateSecret: true });
    const { createHmac } = await import("node:crypto");
    receiver.decide = ({ headers, body }) => ({
      status: headers["x-signature-v2"] === createHmac("sha256", before).update(body).digest("hex") ? 200 : 401,
    });
    await newPerson(application);
    await deliver();
    const [delivered] = await deliveriesOf(application, "delivered");
    const { attempts } = await readDelivery(application.actor, delivered!.id);
    expect(attempts.map(({ status, signedWith }) => [status, signedWith])).toEqual([
      [401, "current"],
      [200, "previous"],
    ]);
  });
});

describe("a pause", () => {
  it("keeps events and sends them on resuming, in order", async () => {
    const { id, deliver, queue } = await subscribe();
    await updateDestination(application.actor, { destinationId: id, paused: true });
    const session = await newPerson(application, { status: "In Review" });
    await decide(application, session.id, "Approved");
    expect(await leaseable(queue)).toBe(false);
    await letTimePass(application, "49 hours");
    await sweepWebhooks();
    await updateDestination(application.actor, { destinationId: id, paused: false });
    expect(await leaseable(queue)).toBe(true);
    await deliver();
    expect(receiver.received.map(({ json }) => json.status)).toEqual(["In Review", "Approved"]);
  });
});

describe("sending again", () => {
  it("repeats the stored message with a fresh time and the present secret, and answers with the attempt", async () => {
    const { id, deliver } = await subscribe();
    const session = await newPerson(application, { status: "Approved" });
    await deliver();
    await decide(application, session.id, "Declined");
    const { secret } = await updateDestination(application.actor, {
      destinationId: id,
      rotateSecret: true,
      overlapInSeconds: 0,
    });
    const [delivered] = await deliveriesOf(application, "delivered");
    receiver.answer = { status: 202, body: "thanks" };
    const attempt = await resendDelivery(application.actor, { destinationId: id, deliveryId: delivered!.id });
    expect(attempt).toMatchObject({ number: 2, status: 202, trigger: "resend", response: "thanks" });
    const [first, second] = receiver.received;
    expect(second!.json.event_id).toBe(first!.json.event_id);
    expect(second!.json.decision.status).toBe("Approved");
    const headers = new Headers(second!.headers as Record<string, string>);
    expect(verifySignature({ body: second!.body, headers, secret: secret!, now: new Date() }).ok).toBe(true);
    expect(attempt.body).toBe(second!.body);
  });

  it("takes all that failed since a moment, and only those", async () => {
    const { id, deliver } = await subscribe();
    receiver.answer = { status: 400 };
    await newPerson(application);
    await deliver();
    const between = new Date();
    await newPerson(application);
    await newPerson(application);
    await deliver();
    receiver.answer = { status: 200 };
    expect(await resendDeliveries(application.actor, { destinationId: id, since: between })).toEqual({ count: 2 });
    await deliver();
    expect(await deliveriesOf(application, "delivered")).toHaveLength(2);
    expect(await deliveriesOf(application, "failed")).toHaveLength(1);
  });
});

describe("a test", () => {
  it("is a signed sample without an event_id, sent once, subscribed or not", async () => {
    const { id, secret } = await subscribe(application, { events: ["user.status.updated"] });
    const view = await sendTest(application.actor, { destinationId: id });
    const [webhook] = receiver.received;
    expect(webhook!.headers["x-didit-test-webhook"]).toBe("true");
    expect(webhook!.json).toMatchObject({
      webhook_type: "status.updated",
      metadata: { test_webhook: true },
      vendor_data: "test-vendor-data-123",
      decision: { status: "Approved" },
    });
    expect(webhook!.json).not.toHaveProperty("event_id");
    const headers = new Headers(webhook!.headers as Record<string, string>);
    expect(verifySignature({ body: webhook!.body, headers, secret, now: new Date() }).ok).toBe(true);
    expect(view.delivery.state).toBe("delivered");

    receiver.answer = { status: 500 };
    expect((await sendTest(application.actor, { destinationId: id })).delivery).toMatchObject({
      state: "failed",
      attemptsCount: 1,
    });
  });
});

describe("what is kept of a message", () => {
  it("is sealed, and gone with its session", async () => {
    const { deliver } = await subscribe();
    const session = await newPerson(application, { fullName: "Canary Personalname" });
    await deliver();
    const [delivered] = await deliveriesOf(application, "delivered");
    const rows = await asOwner((owner) => owner`select * from webhook_bodies where application_id = ${application.id}`);
    const attempts = await asOwner(
      (owner) => owner`select * from webhook_attempts where application_id = ${application.id}`,
    );
    expect(JSON.stringify([rows, attempts])).not.toContain("Personalname");
    expect(Buffer.concat(rows.map((row) => row.sealed_body)).includes("Personalname")).toBe(false);
    expect((await readDelivery(application.actor, delivered!.id)).attempts[0]!.body).toContain("Canary Personalname");

    await inTenant({ applicationId: application.id }, (tx) => tx.delete(sessions).where(eq(sessions.id, session.id)));
    const [left] = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select({ count: sql<number>`count(*)::int` }).from(webhookBodies),
    );
    expect(left!.count).toBe(0);
    expect((await readDelivery(application.actor, delivered!.id)).attempts[0]!.body).toBeNull();
  });

  it("is not there for another application: its deliveries and destinations are no objects", async () => {
    const { id, deliver } = await subscribe();
    await newPerson(application);
    await deliver();
    const [delivered] = await deliveriesOf(application, "delivered");
    const stranger = await newApplication();
    await expect(readDelivery(stranger.actor, delivered!.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(readDestination(stranger.actor, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateDestination(stranger.actor, { destinationId: id, paused: true })).rejects.toMatchObject({
      code: "not_found",
    });
    const rows = await inTenant({ applicationId: stranger.id }, async (tx) => [
      ...(await tx.select().from(webhookDestinations)),
      ...(await tx.select().from(webhookDeliveries)),
    ]);
    expect(rows).toEqual([]);
  });
});

describe("a kept message", () => {
  it("that cannot be opened fails alone, with its reason, and what comes after it arrives", async () => {
    const { deliver } = await subscribe();
    receiver.answer = { status: 503 };
    await newPerson(application);
    await deliver();
    await asOwner(
      (owner) => owner`update webhook_bodies set sealed_body = overlay(sealed_body placing '\\x00000000'::bytea from 20)
      where application_id = ${application.id}`,
    );
    receiver.answer = { status: 200 };
    const next = await newPerson(application);
    await letTimePass(application, "2 minutes");
    await deliver();
    await deliver();
    expect((await deliveriesOf(application, "failed")).map(({ lastError }) => lastError)).toEqual([
      "message_unreadable",
    ]);
    expect((await deliveriesOf(application, "delivered")).map(({ subjectId }) => subjectId)).toEqual([next.id]);
  });
});

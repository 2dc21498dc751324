import { describe, expect, it } from "vitest";
import { asOwner, codeOf, newApplication, newPerson } from "../testing";
import { listDeliveries } from "./deliveries";
import { listDestinations } from "./destinations";
import { leaseQueues, releaseQueues } from "./queue";
import { verifySignature } from "./sign";
import { closeTail, fetchTail, openTail, reportTail } from "./tail";

const forwardTo = "http://localhost:4000/hook";

describe("a tail", () => {
  it("hands over what happens, signed with its secret, and shows what came of it", async () => {
    const application = await newApplication();
    const { actor } = application;
    const { tailId, secret } = await openTail(actor, { forwardTo, subscribedEvents: ["status.updated"] });
    const session = await newPerson(application);
    const messages = await fetchTail(actor, { tailId });
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(JSON.parse(message!.body)).toMatchObject({ session_id: session.id, webhook_type: "status.updated" });
    const headers = new Headers(message!.headers);
    expect(verifySignature({ body: message!.body, headers, secret, now: new Date() }).ok).toBe(true);
    // Fetched, and not yet reported on: not handed over twice at once.
    expect(await fetchTail(actor, { tailId })).toEqual([]);
    const report = {
      deliveryId: message!.deliveryId,
      status: 204,
      timestamp: Number(message!.headers["X-Timestamp"]),
      durationMs: 12,
    };
    await reportTail(actor, { tailId, results: [report] });
    await reportTail(actor, { tailId, results: [report] });
    const { rows } = await listDeliveries(actor, {}, null, 10);
    expect(rows.map(({ delivery }) => delivery)).toMatchObject([
      { state: "delivered", lastStatus: 204, attemptsCount: 1 },
    ]);
  });

  it("gets a message that another destination is building at this moment as soon as it is built, not a minute later", async () => {
    const application = await newApplication();
    const { actor } = application;
    const { tailId } = await openTail(actor, { forwardTo, subscribedEvents: ["status.updated"] });
    await newPerson(application);
    const [waiting] = (await listDeliveries(actor, {}, null, 1)).rows;
    await asOwner((owner) =>
      owner.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(hashtextextended(${waiting!.delivery.eventId}, 0))`;
        expect(await fetchTail(actor, { tailId })).toEqual([]);
      }),
    );
    expect(await fetchTail(actor, { tailId })).toHaveLength(1);
  });

  it("is not a destination: it is not listed, and no worker sends there", async () => {
    const application = await newApplication();
    const { actor } = application;
    const { tailId } = await openTail(actor, { forwardTo });
    await newPerson(application);
    expect(await listDestinations(actor)).toEqual([]);
    const leased = await leaseQueues("tail-test", 10_000);
    await releaseQueues("tail-test", leased);
    expect(leased.map(({ destinationId }) => destinationId)).not.toContain(tailId);
  });

  it("gets nothing more once it is closed, or has been quiet for a minute", async () => {
    const application = await newApplication();
    const { actor } = application;
    const closed = await openTail(actor, { forwardTo });
    await closeTail(actor, { tailId: closed.tailId });
    expect(await codeOf(fetchTail(actor, { tailId: closed.tailId }))).toBe("not_found");
    const quiet = await openTail(actor, { forwardTo });
    await asOwner(
      (owner) =>
        owner`update webhook_queues set pulled_at = now() - interval '61 seconds' where destination_id = ${quiet.tailId}`,
    );
    await newPerson(application);
    expect((await listDeliveries(actor, {}, null, 10)).rows).toEqual([]);
  });

  it("is for sandbox applications, with the privileges, and their own", async () => {
    const live = await newApplication({ environment: "live" });
    expect(await codeOf(openTail(live.actor, { forwardTo }))).toBe("environment_mismatch");
    const limited = await newApplication({ privileges: ["read:webhooks", "write:webhooks"] });
    expect(await codeOf(openTail(limited.actor, { forwardTo }))).toBe("forbidden");
    const { actor } = await newApplication();
    const { tailId } = await openTail(actor, { forwardTo });
    const stranger = await newApplication();
    expect(await codeOf(fetchTail(stranger.actor, { tailId }))).toBe("not_found");
    expect(await codeOf(closeTail(stranger.actor, { tailId }))).toBe("not_found");
  });
});

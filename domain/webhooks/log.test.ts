import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { asOwner, codeOf, newApplication, newPerson, refusalOf, type TestApplication } from "../testing";
import { countDeliveries, deliveryPulse, PULSE_MINUTES } from "./counts";
import { cursorIn, cursorText } from "./cursor";
import { deliverQueue } from "./deliver";
import { type DeliveryCursor, type DeliveryFilter, listDeliveries, readDelivery } from "./deliveries";
import { createDestination, deleteDestination, updateDestination } from "./destinations";
import { resendSelected } from "./resend";
import { COUNT_CEILING } from "./rules";
import { sendTest } from "./test-delivery";
import { startReceiver, type TestServer } from "./testing";

let receiver: TestServer;
let application: TestApplication;
beforeEach(async () => {
  [receiver, application] = await Promise.all([startReceiver(), newApplication()]);
});
afterEach(() => receiver.stop());

const never = new AbortController().signal;

async function subscribe(path = "", to = application) {
  const { destination } = await createDestination(to.actor, {
    url: receiver.url + path,
    label: `to ${path}`,
    subscribedEvents: ["status.updated"],
  });
  return {
    id: destination.id,
    deliver: async () =>
      (await deliverQueue({ applicationId: to.id, destinationId: destination.id }, never, never)).sent,
  };
}

/** Deliveries as many events leave them, without the events being caused one by one. */
const layOut = (destinationId: string, count: number, state: "pending" | "delivered" | "failed", age = "0 seconds") =>
  asOwner(
    (owner) => owner`
      with e as (
        insert into webhook_events (application_id, id, type, subject_id, payload)
        select ${application.id}::uuid, gen_random_uuid(), 'data.updated', gen_random_uuid(), '{}'
        from generate_series(1, ${count}) returning *)
      insert into webhook_deliveries
        (application_id, id, destination_id, event_id, type, subject_id, state, give_up_at, created_at)
      select application_id, gen_random_uuid(), ${destinationId}::uuid, id, type, subject_id, ${state}::text,
        now() + interval '1 day', clock_timestamp() - ${age}::interval from e`,
  );

const page = (filter: DeliveryFilter, place: DeliveryCursor | null, towards: "older" | "newer" = "older") =>
  listDeliveries(application.actor, filter, place, 4, towards);
const ids = (rows: { delivery: { id: string } }[]) => rows.map(({ delivery }) => delivery.id);

describe("the log of deliveries", () => {
  it("is turned forwards and back again without losing or repeating a row", async () => {
    const { id } = await subscribe();
    // All of them in the same microsecond: only the id tells them apart.
    await layOut(id, 10, "delivered");
    const first = await page({}, null);
    const second = await page({}, first.next);
    const third = await page({}, second.next);
    const all = ids([...first.rows, ...second.rows, ...third.rows]);
    expect(new Set(all).size).toBe(10);
    expect([first.previous, third.next]).toEqual([null, null]);
    const back = await page({}, third.previous, "newer");
    expect(ids(back.rows)).toEqual(ids(second.rows));
    const top = await page({}, back.previous, "newer");
    expect(ids(top.rows)).toEqual(ids(first.rows));
    expect(top.previous).toBeNull();
    expect(ids((await page({}, top.next)).rows)).toEqual(ids(second.rows));
  });

  it("knows the session that an event is about, and its destination", async () => {
    const { id, deliver } = await subscribe("/one");
    const session = await newPerson(application);
    await deliver();
    const { rows } = await page({ aboutId: session.id }, null);
    expect(rows[0]).toMatchObject({
      session: { number: session.number },
      destination: { label: "to /one", transport: "push", enabled: true, isDeleted: false },
    });
    expect(ids((await page({ aboutId: rows[0]!.delivery.eventId }, null)).rows)).toEqual(ids(rows));
    expect((await page({ aboutId: randomUUID() }, null)).rows).toEqual([]);

    const test = await sendTest(application.actor, { destinationId: id });
    expect(test.session).toBeNull();
    await deleteDestination(application.actor, { destinationId: id });
    expect(await readDelivery(application.actor, rows[0]!.delivery.id)).toMatchObject({
      session: { number: session.number },
      destination: { enabled: false, isDeleted: true },
    });
  });

  it("names no session to those who may not read sessions", async () => {
    const { deliver } = await subscribe();
    await newPerson(application);
    await deliver();
    const engineer = { ...application.actor, privileges: new Set(["read:webhooks"] as const) };
    const { rows } = await listDeliveries(engineer, {}, null, 10);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.session).toBeNull();
    expect((await readDelivery(engineer, rows[0]!.delivery.id)).session).toBeNull();
  });

  it("has places that survive an address, and refuses those that were not given out", () => {
    const place = { createdAt: "2026-06-02 08:00:00.123456+00", id: randomUUID() };
    expect(cursorIn(cursorText(place))).toEqual(place);
    for (const text of ["", "x", cursorText({ createdAt: "now()", id: place.id }), cursorText({ ...place, id: "1" })]) {
      expect(cursorIn(text)).toBeNull();
    }
  });
});

describe("counting deliveries", () => {
  it("counts each state within the filter, up to a ceiling", async () => {
    const [one, other] = [await subscribe("/one"), await subscribe("/other")];
    await layOut(one.id, COUNT_CEILING + 1, "delivered");
    await layOut(one.id, 3, "failed");
    await layOut(other.id, 2, "pending", "3 days");
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await countDeliveries(application.actor, {})).toEqual({
      delivered: { count: COUNT_CEILING, exact: false },
      failed: { count: 3, exact: true },
      pending: { count: 2, exact: true },
    });
    expect((await countDeliveries(application.actor, { destinationId: other.id })).failed.count).toBe(0);
    expect((await countDeliveries(application.actor, { from: yesterday })).pending.count).toBe(0);
    expect((await countDeliveries((await newApplication()).actor, {})).failed.count).toBe(0);
  });

  it("draws the last hour minute by minute", async () => {
    const { id } = await subscribe();
    await layOut(id, 3, "delivered", "10 minutes");
    await layOut(id, 1, "failed", "10 minutes");
    await layOut(id, 2, "pending");
    await layOut(id, 5, "delivered", "2 hours");
    const pulse = await deliveryPulse(application.actor, { destinationId: id }, new Date());
    expect(pulse).toHaveLength(PULSE_MINUTES);
    const sum = (of: "delivered" | "pending" | "failed") => pulse.reduce((total, minute) => total + minute[of], 0);
    expect([sum("delivered"), sum("pending"), sum("failed")]).toEqual([3, 2, 1]);
    const busiest = pulse.find((minute) => minute.delivered > 0)!;
    expect(Math.abs(busiest.at.getTime() - (Date.now() - 600_000))).toBeLessThan(120_000);
    expect(await deliveryPulse(application.actor, { destinationId: randomUUID() }, new Date())).toHaveLength(60);
  });

  it("is for those who may read webhooks", async () => {
    const reader = { ...application.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(countDeliveries(reader, {}))).toBe("forbidden");
    expect(await codeOf(deliveryPulse(reader, {}, new Date()))).toBe("forbidden");
  });
});

describe("resending what was selected", () => {
  it("queues what is finished at destinations that are open, and leaves the rest", async () => {
    const [open, off, gone] = [await subscribe("/open"), await subscribe("/off"), await subscribe("/gone")];
    const waiting = await subscribe("/waiting");
    const session = await newPerson(application);
    await Promise.all([open.deliver(), off.deliver(), gone.deliver()]);
    await updateDestination(application.actor, { destinationId: off.id, enabled: false });
    await deleteDestination(application.actor, { destinationId: gone.id });
    const { rows } = await listDeliveries(application.actor, { subjectId: session.id }, null, 50);
    expect(rows).toHaveLength(4);
    const deliveryIds = [...ids(rows), randomUUID()];
    receiver.received.length = 0;
    expect(await resendSelected(application.actor, { deliveryIds })).toEqual({ count: 1, left: 4 });
    await Promise.all([open.deliver(), waiting.deliver()]);
    // The one that waited anyway was sent too.
    expect(receiver.received).toHaveLength(2);
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "webhook_delivery.resend")),
    );
    expect(entries.map(({ subjectId, detail }) => [subjectId, detail])).toEqual([[open.id, { count: 1 }]]);
  });

  it("does not reach into another application", async () => {
    const other = await newApplication();
    const theirs = await subscribe("/theirs", other);
    await newPerson(other);
    await theirs.deliver();
    const { rows } = await listDeliveries(other.actor, {}, null, 10);
    expect(await resendSelected(application.actor, { deliveryIds: ids(rows) })).toEqual({ count: 0, left: 1 });
    expect((await listDeliveries(other.actor, { state: "pending" }, null, 10)).rows).toEqual([]);
  });

  it("needs the privileges of the acts it is made of", async () => {
    for (const privileges of [["write:webhooks"], ["read:sessions", "read:webhooks"]] as const) {
      const actor = { ...application.actor, privileges: new Set(privileges) };
      expect(await codeOf(resendSelected(actor, { deliveryIds: [randomUUID()] }))).toBe("forbidden");
    }
  });
});

describe("a destination that cannot be saved", () => {
  it("is refused with a code that there is a sentence for", async () => {
    await subscribe("/same");
    const twice = await refusalOf(createDestination(application.actor, { url: `${receiver.url}/same` }));
    expect([twice.code, twice.extras.more]).toEqual(["invalid_input", { refusal: "url_taken" }]);
    const inward = await refusalOf(createDestination(application.actor, { url: "https://10.0.0.1/hook" }));
    expect([Object.keys(inward.fields!), inward.extras.more]).toEqual([["url"], { refusal: "address_private" }]);

    const second = await subscribe("/second");
    const onto = await refusalOf(
      updateDestination(application.actor, { destinationId: second.id, url: `${receiver.url}/same` }),
    );
    expect(onto.extras.more).toEqual({ refusal: "url_taken" });
  });
});

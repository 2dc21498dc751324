import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { privilegesOf } from "../access/rules";
import { asOwner, codeOf, newApplication, refusalOf } from "../testing";
import {
  createDestination,
  deleteDestination,
  listDestinations,
  readDestination,
  revealDestination,
  updateDestination,
} from "./destinations";
import { changeSingleWebhook, readSingleWebhook } from "./single";

const https = (path = "") => `https://hooks.example.com/${path}`;

describe("a destination", () => {
  it("is named after its host, signs with a secret of its own, and hears nothing it did not ask for", async () => {
    const { actor } = await newApplication();
    const { destination, secret } = await createDestination(actor, { url: https() });
    expect(destination).toMatchObject({
      label: "hooks.example.com",
      enabled: true,
      webhookVersion: "v3",
      subscribedEvents: [],
      waiting: 0,
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await revealDestination(actor, destination.id)).secret).toBe(secret);
    const [row] = await asOwner((owner) => owner`select * from webhook_destinations where id = ${destination.id}`);
    expect(Buffer.from(row!.sealed_secret).includes(secret)).toBe(false);
    expect(JSON.stringify(await readDestination(actor, destination.id))).not.toContain(secret);
  });

  it.each([
    ["http://hooks.example.com/", "scheme_not_https"],
    ["https://10.0.0.1/", "address_private"],
    ["https://169.254.169.254/latest/", "address_metadata"],
    ["https://[::1]/", "address_loopback"],
    ["https://localhost/", "host_local_name"],
    ["https://user:secret@hooks.example.com/", "credentials_in_url"],
    ["ftp://hooks.example.com/", "scheme_not_https"],
    ["hooks", "url_invalid"],
  ])("may not be %s", async (url, refusal) => {
    const { actor } = await newApplication();
    const error = await refusalOf(createDestination(actor, { url }));
    expect(error.code).toBe("invalid_input");
    expect(Object.keys(error.fields ?? {})).toEqual(["url"]);
    expect(error.extras.more).toEqual({ refusal });
    expect(await listDestinations(actor)).toEqual([]);
  });

  it("is there once per URL, however it is spelled, and again after it was deleted", async () => {
    const { actor } = await newApplication();
    const { destination } = await createDestination(actor, { url: "https://Hooks.Example.com:443/a/../b" });
    expect(destination.url).toBe("https://hooks.example.com/b");
    expect((await refusalOf(createDestination(actor, { url: https("b") }))).fields).toHaveProperty("url");
    const other = await createDestination(actor, { url: https("c") });
    expect(await codeOf(updateDestination(actor, { destinationId: other.destination.id, url: https("b") }))).toBe(
      "invalid_input",
    );
    await deleteDestination(actor, { destinationId: destination.id });
    await createDestination(actor, { url: https("b") });
    const both = await Promise.allSettled([1, 2, 3].map(() => createDestination(actor, { url: https("race") })));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is gone for good once deleted", async () => {
    const { actor } = await newApplication();
    const { destination } = await createDestination(actor, { url: https() });
    await deleteDestination(actor, { destinationId: destination.id });
    for (const act of [
      () => readDestination(actor, destination.id),
      () => revealDestination(actor, destination.id),
      () => updateDestination(actor, { destinationId: destination.id, label: "Back" }),
      () => deleteDestination(actor, { destinationId: destination.id }),
    ])
      expect(await codeOf(act())).toBe("not_found");
  });

  it("is for those with the privilege, each act by itself", async () => {
    const { actor } = await newApplication();
    const { destination } = await createDestination(actor, { url: https() });
    const reader = { ...actor, privileges: new Set(privilegesOf("compliance_officer")) };
    for (const act of [
      () => listDestinations(reader),
      () => readDestination(reader, destination.id),
      () => revealDestination(reader, destination.id),
      () => createDestination(reader, { url: https("b") }),
      () => updateDestination(reader, { destinationId: destination.id, paused: true }),
      () => deleteDestination(reader, { destinationId: destination.id }),
    ])
      expect(await codeOf(act())).toBe("forbidden");
  });

  it("leaves an entry in the trail for whatever is done to it, without its secret", async () => {
    const application = await newApplication();
    const { actor } = application;
    const { destination, secret } = await createDestination(actor, { url: https() });
    const changed = await updateDestination(actor, { destinationId: destination.id, rotateSecret: true });
    await updateDestination(actor, { destinationId: destination.id, paused: true });
    await deleteDestination(actor, { destinationId: destination.id });
    const entries = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).orderBy(auditEntries.id),
    );
    expect(entries.map(({ action }) => action)).toEqual([
      "webhook_destination.create",
      "webhook_destination.rotate_secret",
      "webhook_destination.update",
      "webhook_destination.delete",
    ]);
    for (const one of [secret, changed.secret!]) expect(JSON.stringify(entries)).not.toContain(one);
  });

  it("keeps what a change does not name", async () => {
    const { actor } = await newApplication();
    const { destination } = await createDestination(actor, {
      url: https(),
      label: "Ledger",
      subscribedEvents: ["status.updated", "status.updated"],
    });
    const { destination: after, secret } = await updateDestination(actor, {
      destinationId: destination.id,
      webhookVersion: "v2",
    });
    expect(secret).toBeNull();
    expect(after).toMatchObject({ label: "Ledger", subscribedEvents: ["status.updated"], webhookVersion: "v2" });
  });
});

describe("the single webhook of older clients", () => {
  it("is the oldest destination: added by its first URL, disabled by none, enabled by the next", async () => {
    const { actor } = await newApplication();
    expect(await readSingleWebhook(actor)).toEqual({ destination: null, secret: "" });
    const added = await changeSingleWebhook(actor, { url: https() });
    expect(added.destination).toMatchObject({ subscribedEvents: ["status.updated", "data.updated"] });
    const rotated = await changeSingleWebhook(actor, { rotateSecret: true });
    expect(rotated.secret).not.toBe(added.secret);
    expect((await changeSingleWebhook(actor, { url: null })).destination).toMatchObject({ enabled: false });
    expect((await changeSingleWebhook(actor, { url: https("b") })).destination).toMatchObject({
      enabled: true,
      url: https("b"),
    });
    expect(await listDestinations(actor)).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { entities } from "@/db/schema";
import { readSession } from "../sessions/read";
import { newCompany, newPair, newPerson, share, type TestApplication } from "../testing";

describe("vendor_data of a clone", () => {
  const entitiesOf = (application: TestApplication) =>
    inTenant({ applicationId: application.id }, (tx) =>
      tx.select({ kind: entities.kind, vendorData: entities.vendorData }).from(entities),
    );

  it("is the issuer's when the receiver gives none, and makes a User of it", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer, { vendorData: "theirs-1" });
    const imported = await share(issuer, receiver, session.id);
    expect(imported.view.session.vendorData).toBe("theirs-1");
    expect(await entitiesOf(receiver)).toEqual([{ kind: "user", vendorData: "theirs-1" }]);
  });

  it("joins the User who is there already", async () => {
    const { issuer, receiver } = await newPair();
    const own = await newPerson(receiver, { vendorData: "ours-1" });
    const imported = await share(issuer, receiver, (await newPerson(issuer)).id, { vendorData: "ours-1" });
    const { session } = await readSession(receiver.actor, own.id);
    expect(imported.view.session.entityId).toBe(session.entityId);
    expect(await entitiesOf(receiver)).toEqual([{ kind: "user", vendorData: "ours-1" }]);
  });

  it("of a company makes a Business, even where a User has the same", async () => {
    const { issuer, receiver } = await newPair();
    await newPerson(receiver, { vendorData: "same" });
    const imported = await share(issuer, receiver, (await newCompany(issuer)).id, { vendorData: "same" });
    const { entity } = await readSession(receiver.actor, imported.sessionId);
    expect(entity).toMatchObject({ vendorData: "same" });
    expect(await entitiesOf(receiver)).toHaveLength(2);
  });

  it("absent on both sides makes nobody", async () => {
    const { issuer, receiver } = await newPair();
    const imported = await share(issuer, receiver, (await newPerson(issuer, { vendorData: null })).id);
    expect(imported.view.session).toMatchObject({ vendorData: null, entityId: null });
    expect(await entitiesOf(receiver)).toEqual([]);
  });
});

import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, entities, sessions, webhookEvents, workflows } from "@/db/schema";
import { asOwner, codeOf, newApplication, newPair, refusalOf, setStatus, type TestApplication } from "../testing";
import { createSession } from "./create";
import { expireSessions } from "./expire";
import { listSessionsByOffset } from "./list";
import { readSession } from "./read";
import { jpeg } from "./samples/decisions";
import { digestOfSessionToken } from "./token";

const create = (application: TestApplication, more: Partial<Parameters<typeof createSession>[1]> = {}) =>
  createSession(application.actor, { workflowId: application.workflows.user, ...more });

describe("starting a session", () => {
  it("stores what was given, sealed, with the steps of its workflow before it", async () => {
    const application = await newApplication();
    const portrait = jpeg();
    const created = await create(application, {
      vendorData: "cust-1",
      callback: "https://shop.example/back",
      metadata: { plan: "gold" },
      language: "es",
      expectedDetails: { first_name: "Mira", last_name: "Vela" },
      contactDetails: { email: "mira@mail.example" },
      portrait,
    });
    expect(created.token).toMatch(/^[\w-]{12}$/);
    const view = await readSession(application.actor, created.sessionId);
    expect(view).toMatchObject({
      token: created.token,
      session: {
        status: "Not Started",
        kind: "user",
        vendorData: "cust-1",
        workflowVersion: 1,
        features: [
          { feature: "ID_VERIFICATION", status: "Not Started" },
          { feature: "LIVENESS", status: "Not Started" },
          { feature: "FACE_MATCH", status: "Not Started" },
          { feature: "AML", status: "Not Started" },
        ],
      },
      card: { fullName: "Mira Vela", email: { address: "mira@mail.example" } },
      body: { callback: "https://shop.example/back", metadata: { plan: "gold" }, language: "es" },
      media: [{ kind: "portrait", contentType: "image/jpeg", byteLength: portrait.byteLength }],
      entity: { vendorData: "cust-1" },
    });
    const week = view.session.expiresAt!.getTime() - view.session.createdAt.getTime();
    expect(week).toBe(604_800_000);
    const found = await listSessionsByOffset(
      application.actor,
      { kind: "user", search: "Mira Vela" },
      { limit: 5, offset: 0 },
    );
    expect(found.rows.map((row) => row.session.id)).toEqual([created.sessionId]);
    const [row] = await asOwner((owner) => owner`select * from sessions where id = ${created.sessionId}`);
    expect(Buffer.from(row!.token_digest)).toEqual(digestOfSessionToken(created.token));
    expect(JSON.stringify(row)).not.toContain(created.token);
  });

  it("leaves an audit entry and an event", async () => {
    const application = await newApplication();
    const { sessionId } = await create(application);
    await inTenant({ applicationId: application.id }, async (tx) => {
      expect(await tx.select().from(auditEntries).where(eq(auditEntries.subjectId, sessionId))).toHaveLength(1);
      const [event] = await tx.select().from(webhookEvents).where(eq(webhookEvents.type, "status.updated"));
      expect(event!.payload).toEqual({ session_id: sessionId, status: "Not Started" });
    });
  });

  it("takes the kind from the workflow, by either of its ids", async () => {
    const application = await newApplication();
    expect(await create(application, { workflowId: application.workflows.business })).toMatchObject({
      kind: "business",
    });
    expect(await create(application, { workflowId: application.workflows.userVersion })).toMatchObject({
      workflowId: application.workflows.user,
    });
  });

  it("answers an unfinished session of the same person again, with callback and metadata renewed", async () => {
    const application = await newApplication();
    const first = await create(application, { vendorData: "v", metadata: { a: 1 }, callback: "https://a.example" });
    const again = await create(application, { vendorData: "v", metadata: { b: 2 } });
    expect(again).toMatchObject({
      sessionId: first.sessionId,
      token: first.token,
      metadata: { b: 2 },
      callback: "https://a.example",
    });
    expect((await readSession(application.actor, first.sessionId)).body.metadata).toEqual({ b: 2 });
    for (const status of ["In Progress", "Resubmitted", "Awaiting User"] as const) {
      await setStatus(application, first.sessionId, status);
      expect(await create(application, { vendorData: "v" })).toMatchObject({ sessionId: first.sessionId, status });
    }
  });

  it("starts anew for another person, workflow or version, after the end, and without vendor_data", async () => {
    const application = await newApplication();
    const first = await create(application, { vendorData: "v" });
    const others = [
      await create(application, { vendorData: "w" }),
      await create(application, { vendorData: "v", workflowId: application.workflows.otherUser }),
      await create(application),
      await create(application),
    ];
    await setStatus(application, first.sessionId, "Approved");
    others.push(await create(application, { vendorData: "v" }));
    await inTenant({ applicationId: application.id }, (tx) =>
      tx.update(workflows).set({ version: 2 }).where(eq(workflows.id, application.workflows.user)),
    );
    others.push(await create(application, { vendorData: "v" }));
    const ids = [first, ...others].map((one) => one.sessionId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("makes one session of many requests for one person in the same instant", async () => {
    const application = await newApplication();
    const made = await Promise.all(Array.from({ length: 12 }, () => create(application, { vendorData: "same" })));
    expect(new Set(made.map((one) => one.sessionId)).size).toBe(1);
    const rows = await inTenant({ applicationId: application.id }, (tx) => tx.select().from(entities));
    expect(rows).toHaveLength(1);
  });

  it("names what is wrong", async () => {
    const { issuer, receiver } = await newPair();
    const foreign = await refusalOf(create(issuer, { workflowId: receiver.workflows.user }));
    expect(foreign.fields).toEqual({ workflow_id: ["Workflow not found."] });
    expect((await refusalOf(create(issuer, { workflowId: randomUUID() }))).fields).toEqual(foreign.fields);
    const portrait = Buffer.from("<svg onload=alert(1)>");
    expect((await refusalOf(create(issuer, { portrait }))).fields).toHaveProperty("portrait_image");
    const reader = { ...issuer.actor, privileges: new Set(["read:sessions"] as const) };
    expect(await codeOf(createSession(reader, { workflowId: issuer.workflows.user }))).toBe("forbidden");
  });

  it("keeps its link from those who may only read", async () => {
    const application = await newApplication();
    const { sessionId } = await create(application);
    const reader = { ...application.actor, privileges: new Set(["read:sessions"] as const) };
    expect((await readSession(reader, sessionId)).token).toBeNull();
    const { rows } = await listSessionsByOffset(reader, { kind: "user" }, { limit: 5, offset: 0 });
    expect(rows[0]!.token).toBeNull();
  });
});

describe("a session whose time has passed", () => {
  const pass = (application: TestApplication, sessionId: string) =>
    inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(sessions)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(sessions.id, sessionId)),
    );
  const statusOf = async (application: TestApplication, sessionId: string) =>
    (await readSession(application.actor, sessionId)).session.status;

  it("expires when nobody began it, is abandoned when somebody did, and is left alone in any other state", async () => {
    const application = await newApplication();
    const cases = [
      ["Not Started", "Expired"],
      ["In Progress", "Abandoned"],
      ["Awaiting User", "Awaiting User"],
      ["Resubmitted", "Resubmitted"],
      ["Approved", "Approved"],
    ] as const;
    const ids: string[] = [];
    for (const [from] of cases) {
      const { sessionId } = await create(application);
      await setStatus(application, sessionId, from);
      await pass(application, sessionId);
      ids.push(sessionId);
    }
    const fresh = await create(application);
    await Promise.all([expireSessions(), expireSessions()]);
    for (const [index, [, to]] of cases.entries()) expect(await statusOf(application, ids[index]!)).toBe(to);
    expect(await statusOf(application, fresh.sessionId)).toBe("Not Started");
    await inTenant({ applicationId: application.id }, async (tx) => {
      const events = await tx.select().from(webhookEvents).where(eq(webhookEvents.type, "status.updated"));
      const ended = events.filter((event) => ["Expired", "Abandoned"].includes(String(event.payload.status)));
      expect(ended).toHaveLength(2);
      expect(
        await tx
          .select()
          .from(auditEntries)
          .where(and(eq(auditEntries.action, "session.expire"), eq(auditEntries.actorKind, "system"))),
      ).toHaveLength(2);
    });
    const view = await readSession(application.actor, ids[0]!);
    expect(view.reviews).toMatchObject([{ action: "expiry", previousStatus: "Not Started", newStatus: "Expired" }]);
  });
});

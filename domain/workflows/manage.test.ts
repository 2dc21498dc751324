import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, sessions, workflows } from "@/db/schema";
import { codeOf, newApplication, newPair, newPerson, refusalOf, share, type TestApplication } from "../testing";
import { plainSteps } from "./lay-out";
import { archiveWorkflow, createWorkflow, draftWorkflow, updateWorkflow } from "./manage";
import { listWorkflows, listWorkflowViews, readWorkflow, readWorkflowVersions } from "./read";

const kyc = plainSteps(["OCR", "LIVENESS"]);
const kyb = plainSteps(["KYB_REGISTRY"]);

const sessionOf = async (application: TestApplication, id: string) => {
  const [row] = await inTenant({ applicationId: application.id }, (tx) =>
    tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.applicationId, application.id), eq(sessions.id, id))),
  );
  return row!;
};

describe("a new workflow", () => {
  it("is published at once, and the first of its kind is the default", async () => {
    const application = await newApplication({ withoutWorkflows: true });
    const first = await createWorkflow(application.actor, { label: "First", steps: kyc });
    const second = await createWorkflow(application.actor, { label: "Second", steps: kyc });
    const company = await createWorkflow(application.actor, { steps: kyb });
    expect([first, second, company].map(({ workflow }) => workflow.isDefault)).toEqual([true, false, true]);
    expect(first.version).toMatchObject({ status: "published", version: 1, label: "First" });
    expect(company.version.label).toBe("KYB");
    expect(company.workflow.kind).toBe("business");
    const page = await listWorkflowViews(application.actor, { limit: 2, offset: 0 });
    expect([page.count, page.views.length]).toEqual([3, 2]);
  });

  it("that is a draft is not there to land in until it is published", async () => {
    const application = await newApplication({ withoutWorkflows: true });
    const draft = await createWorkflow(application.actor, { label: "Draft", steps: kyc, status: "draft" });
    expect(draft).toMatchObject({ hasDraft: true, workflow: { status: "draft", isDefault: false } });
    expect(await listWorkflows(application.actor)).toEqual([]);
    const kept = await updateWorkflow(application.actor, { id: draft.workflow.id, label: "Kept", status: "draft" });
    expect([kept.version.status, kept.version.label, kept.workflow.label]).toEqual(["draft", "Kept", "Kept"]);
    const published = await updateWorkflow(application.actor, { id: draft.workflow.id });
    expect(published).toMatchObject({
      hasDraft: false,
      version: { version: 1, status: "published", versionId: draft.version.versionId },
      workflow: { isDefault: true, status: "published" },
    });
    expect(await listWorkflows(application.actor)).toHaveLength(1);
  });

  it("takes the place of the default of its kind when it is to be one, and of no other kind", async () => {
    const application = await newApplication();
    const made = await createWorkflow(application.actor, { steps: kyc, isDefault: true });
    const defaults = (await listWorkflows(application.actor)).filter((one) => one.isDefault).map((one) => one.id);
    expect(defaults.sort()).toEqual([made.workflow.id, application.workflows.business].sort());
  });

  it("leaves one default per kind, however many are made it in the same instant", async () => {
    const application = await newApplication({ withoutWorkflows: true });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createWorkflow(application.actor, { steps: kyc, isDefault: true })),
    );
    expect(made).toHaveLength(6);
    const all = await listWorkflows(application.actor);
    expect(all.filter((one) => one.isDefault)).toHaveLength(1);
  });

  it("is refused with the field that is wrong", async () => {
    const { actor } = await newApplication();
    const fields = async (act: Promise<unknown>) => (await refusalOf(act)).fields;
    expect(await fields(createWorkflow(actor, { steps: plainSteps(["OCR", "KYB_REGISTRY"]) }))).toHaveProperty(
      "features",
    );
    expect(await fields(createWorkflow(actor, { steps: kyc, status: "draft", isDefault: true }))).toHaveProperty(
      "is_default",
    );
    for (const questionnaire_uuid of ["x", randomUUID()])
      expect(
        await fields(createWorkflow(actor, { steps: [{ feature: "QUESTIONNAIRE", config: { questionnaire_uuid } }] })),
      ).toHaveProperty("features");
  });

  it("needs the privilege, and is written to the trail", async () => {
    const reader = await newApplication({ privileges: ["read:workflows"] });
    expect(await codeOf(createWorkflow(reader.actor, { steps: kyc }))).toBe("forbidden");
    const { actor, id } = await newApplication();
    const made = await createWorkflow(actor, { steps: kyc });
    const entries = await inTenant({ applicationId: id }, (tx) =>
      tx
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.applicationId, id), eq(auditEntries.subjectId, made.workflow.id))),
    );
    expect(entries.map((entry) => entry.action)).toEqual(["workflow.create"]);
  });
});

describe("a change", () => {
  it("of a published version is in place: same version, same id", async () => {
    const { actor, workflows: own } = await newApplication();
    const before = await readWorkflow(actor, own.user);
    const after = await updateWorkflow(actor, {
      id: own.user,
      label: "Renamed",
      settings: { maxRetryAttempts: 1, retryWindowInDays: null, sessionExpirationInSeconds: 3600 },
    });
    expect([after.version.versionId, after.version.version]).toEqual([before.version.versionId, 1]);
    expect(after.version).toMatchObject({
      label: "Renamed",
      settings: { maxRetryAttempts: 1, retryWindowInDays: null, isDesktopAllowed: false },
    });
    expect(after.workflow).toMatchObject({ label: "Renamed", sessionExpirationInSeconds: 3600 });
  });

  it("of steps that sessions have run under is a new version, and those sessions keep theirs", async () => {
    const application = await newApplication();
    const session = await newPerson(application);
    const { actor } = application;
    const old = await readWorkflow(actor, application.workflows.user);
    const after = await updateWorkflow(actor, { id: application.workflows.user, steps: plainSteps(["OCR"]) });
    expect([after.version.version, after.version.versionId === old.version.versionId]).toEqual([2, false]);
    expect((await sessionOf(application, session.id)).workflowVersion).toBe(1);
    expect((await readWorkflow(actor, old.version.versionId)).version.steps).toHaveLength(4);
    expect((await readWorkflow(actor, application.workflows.user)).version.steps).toHaveLength(1);
    const next = await newPerson(application);
    expect((await sessionOf(application, next.id)).workflowVersion).toBe(2);
    const { versions } = await readWorkflowVersions(actor, application.workflows.user);
    expect(versions.map((one) => one.version)).toEqual([2, 1]);
  });

  it("that is to be published is a new version, and an older version's id still names the workflow", async () => {
    const { issuer, receiver } = await newPair();
    const old = await readWorkflow(receiver.actor, receiver.workflows.otherUser);
    const after = await updateWorkflow(receiver.actor, { id: receiver.workflows.otherUser, status: "published" });
    expect(after.version.version).toBe(2);
    const session = await newPerson(issuer);
    const imported = await share(issuer, receiver, session.id, { workflowId: old.version.versionId });
    expect(imported.view.session).toMatchObject({ workflowId: receiver.workflows.otherUser, workflowVersion: 2 });
  });

  it("can be drafted beside the published version and published later", async () => {
    const { actor, workflows: own } = await newApplication();
    const draft = await draftWorkflow(actor, { id: own.user });
    expect(draft.version).toMatchObject({ version: 2, status: "draft" });
    expect((await draftWorkflow(actor, { id: own.user })).version.versionId).toBe(draft.version.versionId);
    await updateWorkflow(actor, { id: draft.version.versionId, label: "Next", status: "draft" });
    expect((await readWorkflow(actor, own.user)).version.label).toBe("KYC");
    await updateWorkflow(actor, { id: draft.version.versionId, status: "published" });
    expect((await readWorkflow(actor, own.user)).version).toMatchObject({ label: "Next", version: 2 });
  });

  it("is refused when somebody has changed since what was seen", async () => {
    const { actor, workflows: own } = await newApplication();
    const { version } = await readWorkflow(actor, own.user);
    const seen = { versionId: version.versionId, updatedAt: version.updatedAt };
    await updateWorkflow(actor, { id: own.user, isDefault: true });
    const next = await updateWorkflow(actor, { id: own.user, seen, label: "Mine", status: "published" });
    const late = await refusalOf(updateWorkflow(actor, { id: own.user, seen, label: "Late", status: "published" }));
    expect(late).toMatchObject({ code: "stale_version", extras: { more: { version: 2 } } });
    expect(await codeOf(draftWorkflow(actor, { id: own.user, seen, label: "Late" }))).toBe("stale_version");
    const both = { versionId: next.version.versionId, updatedAt: next.version.updatedAt };
    const tries = await Promise.allSettled(
      ["One", "Other"].map((label) => updateWorkflow(actor, { id: own.user, seen: both, label, status: "published" })),
    );
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("can be saved as a draft that nothing lands in, again and again", async () => {
    const { actor, workflows: own } = await newApplication();
    const draft = await draftWorkflow(actor, { id: own.user, label: "Next", steps: plainSteps(["OCR"]) });
    expect(draft.version).toMatchObject({ version: 2, label: "Next", status: "draft" });
    expect((await readWorkflow(actor, own.user)).version.steps).toHaveLength(4);
    const seen = { versionId: draft.version.versionId, updatedAt: draft.version.updatedAt };
    const again = await draftWorkflow(actor, { id: own.user, seen, settings: { maxRetryAttempts: 1 } });
    expect(again.version).toMatchObject({ version: 2, label: "Next", settings: { maxRetryAttempts: 1 } });
    expect(await codeOf(draftWorkflow(actor, { id: own.user, seen, label: "Late" }))).toBe("stale_version");
    expect((await refusalOf(draftWorkflow(actor, { id: own.user, steps: kyb }))).fields).toHaveProperty("features");
    const never = await createWorkflow(actor, { steps: kyc, label: "Never", status: "draft" });
    await draftWorkflow(actor, { id: never.workflow.id, label: "Renamed", steps: plainSteps(["OCR"]) });
    expect((await readWorkflow(actor, never.workflow.id)).workflow).toMatchObject({
      label: "Renamed",
      features: ["OCR"],
      status: "draft",
    });
  });

  it("counts the sessions that are in it", async () => {
    const application = await newApplication();
    await newPerson(application);
    await newPerson(application);
    const { sessionCount, versions } = await readWorkflowVersions(application.actor, application.workflows.user);
    expect([sessionCount, versions.length]).toEqual([2, 1]);
  });

  it("of kind, back to a draft, or out of being the default is refused", async () => {
    const { actor, workflows: own } = await newApplication();
    const fields = async (change: object) =>
      (await refusalOf(updateWorkflow(actor, { id: own.user, ...change }))).fields;
    expect(await fields({ steps: kyb })).toHaveProperty("features");
    expect(await fields({ status: "draft" })).toEqual({ status: ["Cannot revert a published version to draft."] });
    expect(await fields({ isDefault: false })).toHaveProperty("is_default");
    expect(await fields({ legacy: { is_face_match_enabled: true, is_kyb_registry_enabled: true } })).toHaveProperty(
      "features",
    );
  });

  it("of one workflow by two writers at once loses neither", async () => {
    const { actor, workflows: own } = await newApplication();
    await Promise.all([
      updateWorkflow(actor, { id: own.user, status: "published" }),
      updateWorkflow(actor, { id: own.user, status: "published" }),
    ]);
    const { versions } = await readWorkflowVersions(actor, own.user);
    expect(versions.map((one) => one.version)).toEqual([3, 2, 1]);
  });
});

describe("an archived workflow", () => {
  it("is gone from lists and landing, and its sessions stay", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { view } = await share(issuer, receiver, session.id, { workflowId: receiver.workflows.otherUser });
    await archiveWorkflow(receiver.actor, { id: receiver.workflows.otherUser });
    expect(await codeOf(readWorkflow(receiver.actor, receiver.workflows.otherUser))).toBe("not_found");
    expect(await codeOf(archiveWorkflow(receiver.actor, { id: receiver.workflows.otherUser }))).toBe("not_found");
    const another = await newPerson(issuer);
    expect(await codeOf(share(issuer, receiver, another.id, { workflowId: receiver.workflows.otherUser }))).toBe(
      "workflow_not_found",
    );
    expect((await sessionOf(receiver, view.session.id)).workflowId).toBe(receiver.workflows.otherUser);
  });

  it("is not the default while another could be", async () => {
    const application = await newApplication();
    expect(await codeOf(archiveWorkflow(application.actor, { id: application.workflows.user }))).toBe("conflict");
    await archiveWorkflow(application.actor, { id: application.workflows.otherUser });
    await archiveWorkflow(application.actor, { id: application.workflows.user });
    const [row] = await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .select()
        .from(workflows)
        .where(and(eq(workflows.applicationId, application.id), eq(workflows.id, application.workflows.user))),
    );
    expect(row).toMatchObject({ isDefault: false });
  });

  it("that is the draft of a published one is the draft alone", async () => {
    const { actor, workflows: own } = await newApplication();
    const draft = await draftWorkflow(actor, { id: own.user });
    await archiveWorkflow(actor, { id: draft.version.versionId });
    expect(await readWorkflow(actor, own.user)).toMatchObject({ hasDraft: false, version: { version: 1 } });
  });
});

describe("another application's workflow", () => {
  it("is not there, whatever is asked of it", async () => {
    const { issuer, receiver } = await newPair();
    const id = issuer.workflows.user;
    for (const act of [
      () => readWorkflow(receiver.actor, id),
      () => readWorkflowVersions(receiver.actor, id),
      () => updateWorkflow(receiver.actor, { id, label: "Mine" }),
      () => draftWorkflow(receiver.actor, { id }),
      () => archiveWorkflow(receiver.actor, { id }),
    ])
      expect(await codeOf(act())).toBe("not_found");
  });
});

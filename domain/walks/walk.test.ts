import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, media, outbox, sessions, usage, webhookEvents } from "@/db/schema";
import { privilegesOf } from "../access/rules";
import type { Applicant } from "../actor";
import { addEntry } from "../lists/manage";
import { listLists } from "../lists/read";
import { createQuestionnaire } from "../questionnaires/manage";
import { BLOCKS } from "../sessions/blocks";
import { type CreateInput, createSession } from "../sessions/create";
import { Decision } from "../sessions/decision";
import { expireSessions } from "../sessions/expire";
import { listSessionsByOffset } from "../sessions/list";
import { readSession } from "../sessions/read";
import { reviewSession } from "../sessions/review";
import { jpeg, pdf } from "../sessions/samples/decisions";
import { toDecision } from "../sessions/wire";
import { carryFrom, codeOf, newApplication, newPair, refusalOf, share, type TestApplication } from "../testing";
import { plainSteps } from "../workflows/lay-out";
import { createWorkflow } from "../workflows/manage";
import { WORKFLOW_FEATURES, type WorkflowFeature } from "../workflows/rules";
import { identifyApplicant } from "./applicant";
import { readWalk } from "./read";
import { SCENARIO_NAMES, SCENARIOS } from "./rules";
import { armSession, completeStep, finishWalk, startWalk } from "./walk";

// Documents and faces are drawn, which takes a processor its time.
vi.setConfig({ testTimeout: 90_000 });

async function begin(application: TestApplication, more: Partial<CreateInput> = {}) {
  const created = await createSession(application.actor, { workflowId: application.workflows.user, ...more });
  const applicant = (await identifyApplicant(created.token))!;
  return { ...created, applicant };
}

async function workflowOf(application: TestApplication, features: readonly string[]): Promise<string> {
  const { workflow } = await createWorkflow(application.actor, {
    label: `W ${randomUUID().slice(0, 8)}`,
    steps: plainSteps(features),
  });
  return workflow.id;
}

/** The decision as it goes out, which the contract's own parser must take. */
async function decisionOf(application: TestApplication, sessionId: string) {
  const view = await readSession(application.actor, sessionId);
  const out = toDecision(view, {
    applicationId: application.id,
    kybStatusFormat: "title",
    baseUrl: "https://aval.example",
    now: new Date(),
  });
  expect(Decision.safeParse(out).error?.issues ?? []).toEqual([]);
  // biome-ignore lint/suspicious/noExplicitAny: every test says what it expects of it
  return { view, out: out as any };
}

const eventsOf = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (
      await tx
        .select()
        .from(webhookEvents)
        .where(eq(webhookEvents.applicationId, application.id))
        .orderBy(webhookEvents.createdAt)
    )
      .filter((event) => event.payload.session_id === sessionId)
      .map((event) => event.payload.status),
  );

const FEATURES = Object.entries(WORKFLOW_FEATURES) as [WorkflowFeature, string][];
const ofPersons = FEATURES.filter(([, kind]) => kind !== "business").map(([feature]) => feature);
const ofCompanies = FEATURES.filter(([, kind]) => kind !== "user").map(([feature]) => feature);

describe("whoever holds the link", () => {
  it("is found by the token, and nobody by another", async () => {
    const application = await newApplication();
    const { applicant, sessionId, token } = await begin(application);
    expect(applicant).toMatchObject({ kind: "applicant", sessionId, applicationId: application.id });
    const other = token.startsWith("A") ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    for (const wrong of [
      other,
      "",
      token.slice(1),
      `${token}A`,
      "../../etc/pa",
      token.toUpperCase() === token ? "x" : `${token} `,
    ])
      expect(await identifyApplicant(wrong), wrong).toBeNull();
  });

  it("sees the steps and nothing of the record", async () => {
    const application = await newApplication();
    const { applicant } = await begin(application, {
      expectedDetails: { first_name: "Zerafina", last_name: "Quillon" },
      contactDetails: { email: "zerafina@mail.example" },
      callback: "https://shop.example/back?secret=1",
      metadata: { plan: "zerafina-gold" },
    });
    const page = await readWalk(applicant);
    expect(page).toMatchObject({
      state: "not_started",
      kind: "user",
      scenario: null,
      application: { name: application.name },
    });
    expect(page.steps.map(({ feature }) => feature)).toEqual(["OCR", "LIVENESS", "FACE_MATCH", "AML"]);
    expect(JSON.stringify(page).toLowerCase()).not.toMatch(/zerafina|quillon|shop\.example/);
  });
});

describe("a walk", () => {
  it("goes from Not Started over In Progress to what its steps come to, and tells of each", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application, {
      vendorData: "cust-1",
      callback: "https://shop.example/back",
      expectedDetails: { first_name: "Mira", last_name: "Vela Ortun", date_of_birth: "1991-04-09", nationality: "PRT" },
    });
    expect(await startWalk(applicant, sessionId)).toMatchObject({ state: "in_progress" });
    expect(await startWalk(applicant, sessionId)).toMatchObject({ state: "in_progress" });
    for (const nodeId of ["feature_ocr", "feature_liveness", "feature_face_match"])
      await completeStep(applicant, { nodeId });
    const half = await readSession(application.actor, sessionId);
    expect(half.session.status).toBe("In Progress");
    expect(half.session.features.map(({ status }) => status)).toEqual([
      "Approved",
      "Approved",
      "Approved",
      "Not Started",
    ]);
    await completeStep(applicant, { nodeId: "feature_aml", outcome: "In Review", risk: "POSSIBLE_MATCH_FOUND" });
    const finished = await finishWalk(applicant, { sessionId });
    expect(finished).toMatchObject({
      state: "finished",
      status: "In Review",
      returnUrl: `https://shop.example/back?verificationSessionId=${sessionId}&status=In+Review`,
    });

    const { view, out } = await decisionOf(application, sessionId);
    expect(view.session).toMatchObject({ status: "In Review", country: "PRT", amlHits: 1, warningCount: 1 });
    expect(view.session.finishedAt).not.toBeNull();
    expect(out.id_verifications[0]).toMatchObject({
      node_id: "feature_ocr",
      status: "Approved",
      full_name: "Mira Vela Ortun",
      date_of_birth: "1991-04-09",
      issuing_state: "PRT",
    });
    expect(out.face_matches[0].target_image).toBe(out.id_verifications[0].portrait_image);
    expect(out.face_matches[0].source_image).toBe(out.liveness_checks[0].reference_image);
    expect(out.aml_screenings[0]).toMatchObject({
      status: "In Review",
      warnings: [{ risk: "POSSIBLE_MATCH_FOUND", log_type: "warning", node_id: "feature_aml" }],
    });
    expect(view.media.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["document_front", "portrait"]));
    expect(await eventsOf(application, sessionId)).toEqual(["Not Started", "In Progress", "In Review"]);
    const found = await listSessionsByOffset(
      application.actor,
      { kind: "user", search: "Vela Ortun" },
      { limit: 5, offset: 0 },
    );
    expect(found.rows.map((row) => row.session.id)).toEqual([sessionId]);
    await inTenant({ applicationId: application.id }, async (tx) => {
      const actions = (
        await tx.select().from(auditEntries).where(eq(auditEntries.subjectId, sessionId)).orderBy(auditEntries.id)
      ).map(({ action, actorKind }) => `${action} ${actorKind}`);
      expect(actions.sort()).toEqual(
        [
          "session.create member",
          "session.finish applicant",
          "session.start applicant",
          ...Array.from({ length: 4 }, () => "session.step applicant"),
        ].sort(),
      );
      expect(await tx.select().from(usage)).toMatchObject([{ sessionId, kind: "user", isCharged: true }]);
    });
  });

  it("fills every block of a person's workflow in the contract's shape", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application, { workflowId: await workflowOf(application, ofPersons) });
    await finishWalk(applicant, { sessionId });
    const { view, out } = await decisionOf(application, sessionId);
    expect(view.session.status).toBe("Approved");
    for (const { key, kinds } of BLOCKS) if (kinds.includes("user")) expect(out[key]?.length, key).toBeGreaterThan(0);
    expect(view.session.features).toHaveLength(ofPersons.length);
    expect(view.session.features.every(({ status }) => status === "Approved")).toBe(true);
    expect(out.nfc_verifications[0].chip_data?.document_number ?? out.id_verifications[0].document_number).toBe(
      out.id_verifications[0].document_number,
    );
    expect(JSON.stringify(out)).not.toMatch(/"media:/);
  });

  it("fills every block of a company's workflow, with the sessions of its key people", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application, {
      workflowId: await workflowOf(application, ofCompanies),
      expectedDetails: { company_name: "Arbola Tools SL", registry_country: "ES", registration_number: "B00042170" },
    });
    await finishWalk(applicant, { sessionId });
    const { view, out } = await decisionOf(application, sessionId);
    expect(view.session).toMatchObject({ status: "Approved", country: "ES" });
    expect(out.registry_checks[0].company).toMatchObject({
      company_name: "Arbola Tools SL",
      registration_number: "B00042170",
      country_code: "ES",
    });
    for (const { key, kinds } of BLOCKS)
      if (kinds.includes("business")) expect(out[key]?.length, key).toBeGreaterThan(0);
    const [check] = out.key_people_checks;
    expect(view.children.length).toBeGreaterThan(0);
    expect(check.ubo_kyc_summary).toMatchObject({ pending: 0, flagged: 0 });
    const linked = new Set(
      check.submitted.parties.map((party: { kyc_session_id: string | null }) => party.kyc_session_id).filter(Boolean),
    );
    expect(linked.size).toBe(check.ubo_kyc_summary.total);
    for (const childId of linked) {
      const child = await decisionOf(application, String(childId));
      expect(child.view.session).toMatchObject({ status: "Approved", kind: "user", environment: "sandbox" });
      expect(check.submitted.parties.map((party: { name: string }) => party.name)).toContain(
        child.out.id_verifications[0].full_name,
      );
    }
  });

  it("takes what is handed over, and refuses what it is not", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application, {
      workflowId: await workflowOf(application, ["OCR", "AML", "POA"]),
    });
    await startWalk(applicant, sessionId);
    const refusal = (nodeId: string, uploads: { front?: Uint8Array; back?: Uint8Array }) =>
      refusalOf(completeStep(applicant, { nodeId, uploads }));
    expect((await refusal("feature_ocr", { front: pdf() })).fields).toEqual({ front: ["Choose a JPEG, PNG or WebP."] });
    expect((await refusal("feature_ocr", { back: Buffer.from("<svg/>") })).fields).toHaveProperty("back");
    expect((await refusal("feature_aml", { front: jpeg() })).fields).toEqual({ front: ["This step takes no file."] });
    expect(
      (await refusal("feature_proof_of_address", { front: Buffer.concat([jpeg(), Buffer.alloc(5 * 1024 * 1024)]) }))
        .fields,
    ).toHaveProperty("front");
    expect((await readSession(application.actor, sessionId)).media).toEqual([]);

    const [front, back, bill] = [jpeg(), jpeg(), pdf()];
    await completeStep(applicant, { nodeId: "feature_ocr", uploads: { front, back } });
    await completeStep(applicant, { nodeId: "feature_proof_of_address", uploads: { front: bill } });
    const { view } = await decisionOf(application, sessionId);
    const lengths = (kind: string) =>
      view.media.filter((medium) => medium.kind === kind).map(({ byteLength }) => byteLength);
    expect(lengths("document_front")).toEqual([front.byteLength]);
    expect(lengths("document_back")).toEqual([back.byteLength]);
    expect(view.media).toContainEqual(
      expect.objectContaining({
        kind: "proof_of_address",
        contentType: "application/pdf",
        byteLength: bill.byteLength,
      }),
    );
  });

  it("asks the workflow's own form", async () => {
    const application = await newApplication();
    const form = await createQuestionnaire(application.actor, {
      title: "Source of funds",
      defaultLanguage: "en",
      languages: ["en"],
      elements: [
        {
          id: "source",
          elementType: "DROPDOWN",
          title: { en: "Source" },
          choices: [{ value: "salary", label: { en: "Salary" } }],
        },
        { id: "why", elementType: "SHORT_TEXT", title: { en: "Why" } },
      ],
    });
    const { workflow } = await createWorkflow(application.actor, {
      label: "Form",
      steps: [{ feature: "QUESTIONNAIRE", config: { questionnaire_uuid: form.id } }],
    });
    const { applicant, sessionId } = await begin(application, { workflowId: workflow.id });
    await finishWalk(applicant, { sessionId });
    const { out } = await decisionOf(application, sessionId);
    expect(out.questionnaire_responses[0]).toMatchObject({
      questionnaire_id: form.id,
      title: "Source of funds",
      sections: [
        {
          items: [
            { value: "source", answer: { value: "salary" } },
            { value: "why", answer: { value: "Specimen answer" } },
          ],
        },
      ],
    });
  });

  it("draws whatever name it is given", async () => {
    const application = await newApplication();
    for (const [first_name, last_name] of [
      ["<script>alert(1)</script>", 'O\'Neil & "Söhne"'],
      ["محمد", "عبد الله"],
      ["王", "小明"],
      ["A".repeat(255), "\ud83d\ude00".repeat(100)],
      ["\u0007", "  "],
    ] as const) {
      const { applicant, sessionId } = await begin(application, {
        workflowId: await workflowOf(application, ["OCR", "POA"]),
        expectedDetails: { first_name, last_name, date_of_birth: "2024-02-29" },
      });
      expect(await finishWalk(applicant, { sessionId }), first_name).toMatchObject({ status: "Approved" });
    }
  });
});

describe("an end", () => {
  it.each(["Approved", "Declined", "In Review"] as const)("is %s when that is chosen", async (status) => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application);
    expect(await finishWalk(applicant, { sessionId, status })).toMatchObject({ state: "finished", status });
    const { view } = await decisionOf(application, sessionId);
    expect(view.session.status).toBe(status);
    expect(view.session.features.some((feature) => feature.status === status)).toBe(true);
    expect(await eventsOf(application, sessionId)).toEqual(["Not Started", "In Progress", status]);
  });

  it("is one, when two tabs finish in the same instant", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application);
    await startWalk(applicant, sessionId);
    const ends = await Promise.all([
      finishWalk(applicant, { sessionId, status: "Approved" }),
      finishWalk(applicant, { sessionId, status: "Declined" }),
      finishWalk(applicant, { sessionId, status: "In Review" }),
    ]);
    const { view } = await decisionOf(application, sessionId);
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set([view.session.status]));
    expect((await eventsOf(application, sessionId)).slice(2)).toEqual([view.session.status]);
    await inTenant({ applicationId: application.id }, async (tx) => {
      const ended = and(eq(auditEntries.subjectId, sessionId), eq(auditEntries.action, "session.finish"));
      expect(await tx.select().from(auditEntries).where(ended)).toHaveLength(1);
    });
    expect(await finishWalk(applicant, { sessionId, status: "Declined" })).toMatchObject({
      status: view.session.status,
    });
  });

  it("keeps every step that two tabs do at once", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application);
    await startWalk(applicant, sessionId);
    await Promise.all(
      ["feature_ocr", "feature_liveness", "feature_aml"].map((nodeId) => completeStep(applicant, { nodeId })),
    );
    const { view, out } = await decisionOf(application, sessionId);
    expect(view.session.features.map(({ status }) => status)).toEqual([
      "Approved",
      "Approved",
      "Not Started",
      "Approved",
    ]);
    expect(out.id_verifications).toHaveLength(1);
    const named = JSON.stringify(view.body).match(/media:[0-9a-f-]{36}/g);
    expect(new Set(named).size).toBe(view.media.length);
  });

  it("is narrowed by the application's lists, with a warning", async () => {
    const application = await newApplication();
    const list = (await listLists(application.actor, { entryType: "document" })).find((one) => one.list.isSystem)!;
    const { applicant, sessionId } = await begin(application);
    await startWalk(applicant, sessionId);
    await completeStep(applicant, { nodeId: "feature_ocr" });
    const { out } = await decisionOf(application, sessionId);
    await addEntry(application.actor, { listId: list.list.id, value: out.id_verifications[0].document_number });
    expect(await finishWalk(applicant, { sessionId })).toMatchObject({ status: "Declined" });
    const { view } = await decisionOf(application, sessionId);
    expect(view.session).toMatchObject({ status: "Declined", warningCount: 1 });
    expect(JSON.stringify(view.body)).toContain("ID_DOCUMENT_IN_BLOCKLIST");
    expect((await eventsOf(application, sessionId)).at(-1)).toBe("Declined");
  });
});

describe("a scenario", () => {
  it.each(SCENARIO_NAMES)("%s turns out as it says", async (scenario) => {
    const application = await newApplication();
    const about = SCENARIOS[scenario];
    const features =
      about?.feature === "KYB_REGISTRY"
        ? ["KYB_REGISTRY"]
        : ["OCR", ...(about && about.feature !== "OCR" ? [about.feature] : [])];
    const { applicant, sessionId } = await begin(application, {
      workflowId: await workflowOf(application, features),
      scenario,
    });
    expect((await readWalk(applicant)).scenario).toBe(scenario);
    expect(await finishWalk(applicant, { sessionId })).toMatchObject({ status: about?.outcome ?? "Approved" });
    const { out, view } = await decisionOf(application, sessionId);
    const warnings = BLOCKS.flatMap(
      ({ key }) => (out[key] ?? []) as { warnings: { risk: string; log_type: string }[] }[],
    ).flatMap((item) => item.warnings);
    expect(warnings.map(({ risk, log_type }) => [risk, log_type])).toEqual(
      about ? [[about.risk, about.outcome === "Declined" ? "error" : "warning"]] : [],
    );
    expect(view.session.warningCount).toBe(about ? 1 : 0);
  });

  it("is armed until somebody begins", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application);
    expect(await armSession(application.actor, { sessionId, scenario: "decline_aml_hit" })).toEqual({
      sessionId,
      scenario: "decline_aml_hit",
    });
    expect(
      (await refusalOf(armSession(application.actor, { sessionId, scenario: "decline_nfc_chip_not_verified" }))).fields,
    ).toHaveProperty("scenario");
    await startWalk(applicant, sessionId);
    expect(await codeOf(armSession(application.actor, { sessionId, scenario: "approve" }))).toBe(
      "transition_not_allowed",
    );
    expect(await finishWalk(applicant, { sessionId })).toMatchObject({ status: "Declined" });
  });

  it("is another company's business only there", async () => {
    const { issuer, receiver } = await newPair();
    const { sessionId } = await begin(issuer);
    expect(await codeOf(armSession(receiver.actor, { sessionId, scenario: "approve" }))).toBe("not_found");
    expect(await codeOf(finishWalk(receiver.actor, { sessionId }))).toBe("not_found");
    const reader = { ...issuer.actor, privileges: new Set(privilegesOf("reader")) };
    expect(await codeOf(armSession(reader, { sessionId, scenario: "approve" }))).toBe("forbidden");
    expect(await codeOf(finishWalk(reader, { sessionId }))).toBe("forbidden");
  });
});

describe("in live", () => {
  it("nothing is walked, armed or ordered", async () => {
    const application = await newApplication({ environment: "live" });
    const { applicant, sessionId } = await begin(application);
    expect((await readWalk(applicant)).state).toBe("live");
    for (const act of [
      () => startWalk(applicant, sessionId),
      () => completeStep(applicant, { nodeId: "feature_ocr" }),
      () => finishWalk(applicant, { sessionId }),
      () => finishWalk(application.actor, { sessionId }),
      () => armSession(application.actor, { sessionId, scenario: "approve" }),
      () => createSession(application.actor, { workflowId: application.workflows.user, scenario: "approve" }),
    ])
      expect(await codeOf(act())).toBe("environment_mismatch");
    expect((await readSession(application.actor, sessionId)).session.status).toBe("Not Started");
  });
});

describe("time", () => {
  const past = (application: TestApplication, sessionId: string) =>
    inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(sessions)
        .set({ expiresAt: new Date(Date.now() - 1_000) })
        .where(eq(sessions.id, sessionId)),
    );

  it.each([
    [false, "expired", "Expired"],
    [true, "abandoned", "Abandoned"],
  ] as const)("ends a walk (begun: %s) before and after the sweep has been by", async (isBegun, state, status) => {
    const application = await newApplication();
    const { applicant, sessionId } = await begin(application);
    if (isBegun) await startWalk(applicant, sessionId);
    if (isBegun) await completeStep(applicant, { nodeId: "feature_ocr" });
    await past(application, sessionId);
    const isOver = async () => {
      expect((await readWalk(applicant)).state).toBe(state);
      for (const act of [
        () => startWalk(applicant, sessionId),
        () => completeStep(applicant, { nodeId: "feature_ocr" }),
        () => finishWalk(applicant, { sessionId }),
      ])
        expect(await codeOf(act())).toBe("transition_not_allowed");
    };
    await isOver();
    while ((await readSession(application.actor, sessionId)).session.status !== status) await expireSessions();
    await isOver();
    expect((await eventsOf(application, sessionId)).at(-1)).toBe(status);
    const { out } = await decisionOf(application, sessionId);
    expect(out.id_verifications?.length ?? 0).toBe(isBegun ? 1 : 0);
  });
});

describe("a resubmitted session", () => {
  async function declined(application: TestApplication) {
    const walk = await begin(application, { vendorData: "cust-9" });
    await startWalk(walk.applicant, walk.sessionId);
    await completeStep(walk.applicant, { nodeId: "feature_ocr", outcome: "Declined", risk: "DOCUMENT_EXPIRED" });
    await finishWalk(walk.applicant, { sessionId: walk.sessionId });
    return walk;
  }

  it("has the steps redone that were asked for, and keeps the others as they are", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await declined(application);
    const before = await decisionOf(application, sessionId);
    expect(before.view.session.status).toBe("Declined");
    await reviewSession(application.actor, { sessionId, newStatus: "Resubmitted", nodes: [{ nodeId: "feature_ocr" }] });
    const page = await readWalk(applicant);
    expect(page).toMatchObject({ state: "resubmitted", asked: ["feature_ocr"] });
    expect(page.steps.filter(({ isOpen }) => isOpen).map(({ nodeId }) => nodeId)).toEqual(["feature_ocr"]);

    await completeStep(applicant, { nodeId: "feature_ocr" });
    expect((await readWalk(applicant)).steps.some(({ isOpen }) => isOpen)).toBe(false);
    expect(await finishWalk(applicant, { sessionId })).toMatchObject({ state: "finished", status: "Approved" });
    const after = await decisionOf(application, sessionId);
    expect(after.view.body.liveness_checks).toEqual(before.view.body.liveness_checks);
    expect(after.view.body.aml_screenings).toEqual(before.view.body.aml_screenings);
    expect(after.out.id_verifications).toHaveLength(1);
    expect(after.out.id_verifications[0]).toMatchObject({
      status: "Approved",
      warnings: [],
      full_name: before.out.id_verifications[0].full_name,
    });
    expect(after.out.id_verifications[0].expiration_date > before.out.id_verifications[0].expiration_date).toBe(true);
    expect(await eventsOf(application, sessionId)).toEqual([
      "Not Started",
      "In Progress",
      "Declined",
      "Resubmitted",
      "Approved",
    ]);
    // The pictures of the first attempt go, those that other blocks still show stay.
    const named = new Set(JSON.stringify(after.view.body).match(/media:[0-9a-f-]{36}/g));
    const stored = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(media).where(eq(media.sessionId, sessionId)),
    );
    expect(new Set(stored.map(({ blobId }) => `media:${blobId}`))).toEqual(named);
    await inTenant({ applicationId: application.id }, async (tx) =>
      expect(await tx.select().from(usage)).toHaveLength(1),
    );
  });

  it("can be asked for twice, and each time anew", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await declined(application);
    for (const outcome of ["Declined", "Approved"] as const) {
      await reviewSession(application.actor, {
        sessionId,
        newStatus: "Resubmitted",
        nodes: [{ nodeId: "feature_ocr" }],
      });
      expect((await readWalk(applicant)).steps.filter(({ isOpen }) => isOpen)).toHaveLength(1);
      await completeStep(applicant, { nodeId: "feature_ocr", outcome });
      expect(await finishWalk(applicant, { sessionId })).toMatchObject({ status: outcome });
    }
  });

  it("touches nothing that was not asked for, whatever end is chosen", async () => {
    const application = await newApplication();
    const { applicant, sessionId } = await declined(application);
    const before = await decisionOf(application, sessionId);
    await reviewSession(application.actor, { sessionId, newStatus: "Resubmitted", nodes: [{ nodeId: "feature_ocr" }] });
    expect(await finishWalk(applicant, { sessionId, status: "In Review" })).toMatchObject({ status: "In Review" });
    const after = await decisionOf(application, sessionId);
    for (const key of ["liveness_checks", "face_matches", "aml_screenings"])
      expect(after.view.body[key as never], key).toEqual(before.view.body[key as never]);
  });

  it("tells those who have a clone how it ended", async () => {
    const { issuer, receiver } = await newPair();
    const { applicant, sessionId } = await declined(issuer);
    await share(issuer, receiver, sessionId);
    await carryFrom(receiver);
    await reviewSession(issuer.actor, { sessionId, newStatus: "Resubmitted", nodes: [{ nodeId: "feature_ocr" }] });
    await finishWalk(applicant, { sessionId });
    const relayed = await inTenant({ applicationId: issuer.id }, async (tx) => {
      return tx.select().from(outbox).where(eq(outbox.type, "source.status.updated")).orderBy(outbox.createdAt);
    });
    expect(relayed.map(({ payload }) => payload.new_status)).toEqual(["Resubmitted", "Approved"]);
  });
});

describe("an applicant", () => {
  it("has no way to another session", async () => {
    const application = await newApplication();
    const [mine, theirs] = await Promise.all([begin(application), begin(application)]);
    const forged: Applicant = mine.applicant;
    expect(await codeOf(finishWalk(forged, { sessionId: theirs.sessionId }))).toBe("not_found");
    expect(await codeOf(startWalk(forged, theirs.sessionId))).toBe("not_found");
    expect((await readSession(application.actor, theirs.sessionId)).session.status).toBe("Not Started");
  });
});

import { describe, expect, it } from "vitest";
import { addEntry } from "../lists/manage";
import { listLists } from "../lists/read";
import { savePolicy } from "../partners/policies";
import type { Decision } from "../sessions/decision";
import { mintShareToken } from "../share-tokens/mint";
import { revokeShareToken } from "../share-tokens/revoke";
import {
  asOwner,
  codeOf,
  colleagueOf,
  meet,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  share,
  type TestApplication,
  trustPartner,
} from "../testing";
import { createWorkflow } from "../workflows/manage";
import { importSharedSession } from "./import";
import { previewImport, stepsAnswered } from "./preview";

/** Everything that an application and its trail hold, counted. */
const rowsOf = (applicationId: string) =>
  asOwner(async (owner) => {
    const tables = await owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'application_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await owner<{ count: number }[]>`
        select count(*)::int as count from ${owner(name)} where application_id = ${applicationId}`;
      counts[name] = row!.count;
    }
    return counts;
  });

const stepsOf = (preview: { steps: { step: string; state: string }[] } | null) =>
  Object.fromEntries(preview!.steps.map(({ step, state }) => [step, state]));

describe("a preview", () => {
  it("says what would arrive and where it would land, as the import then does", async () => {
    const { issuer, receiver } = await newPair();
    await meet(receiver, issuer);
    await trustPartner(receiver, issuer);
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const { says, preview } = await previewImport(receiver.actor, { shareToken: token });
    expect(says.state).toBe("ready");
    expect(preview).toMatchObject({
      media: session.media.size,
      keyPeople: { arriving: 0, alreadyHere: 0 },
      omitted: null,
      workflow: { id: receiver.workflows.user, label: "KYC" },
      entity: null,
      sameNumber: [],
      trust: { effective: true, reasons: ["partner_setting"] },
      openRequest: null,
    });
    const imported = await importSharedSession(receiver.actor, { shareToken: token });
    expect(preview!.landingStatus).toBe(imported.status);
    const body = imported.view.body as unknown as Record<string, unknown[]>;
    expect(preview!.blocks.map(({ feature, count }) => [feature, count])).toContainEqual([
      "POA",
      body.poa_verifications!.length,
    ]);
    expect(new Set(preview!.blocks.map(({ feature }) => feature))).toEqual(
      new Set(imported.view.session.features.map(({ feature }) => feature)),
    );
    expect(stepsOf(preview)).toEqual({
      OCR: "satisfied",
      LIVENESS: "satisfied",
      FACE_MATCH: "satisfied",
      AML: "not_approved",
    });
  });

  it("says what the policy for the issuer would do, as the import then does", async () => {
    const { issuer, receiver } = await newPair();
    await meet(receiver, issuer);
    const rules = (outcome: "review" | "refuse") =>
      savePolicy(receiver.actor, {
        partnerApplicationId: issuer.id,
        rules: [{ rule: "issuer_status", outcome, statuses: ["Declined"] }],
      });
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const look = async () => (await previewImport(receiver.actor, { shareToken: token, trustReview: true })).preview!;
    expect(await look()).toMatchObject({ policy: null, landingStatus: "Approved" });

    await rules("refuse");
    expect((await look()).policy).toMatchObject({
      version: 1,
      outcome: "refuse",
      reasons: [{ code: "issuer_status_not_accepted" }],
    });
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token, trustReview: true }))).toBe(
      "refused_by_policy",
    );

    await rules("review");
    const preview = await look();
    expect(preview).toMatchObject({
      policy: { version: 2, outcome: "review" },
      trust: { requested: true, effective: false, reasons: ["requested", "policy"] },
      landingStatus: "In Review",
    });
    const imported = await importSharedSession(receiver.actor, { shareToken: token, trustReview: true });
    expect([imported.status, imported.trust]).toEqual([preview.landingStatus, preview.trust]);
  });

  it("leaves one line in the receiver's ledger and tells the issuer's once: nothing else is written or used up", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const before = [await rowsOf(issuer.id), await rowsOf(receiver.id)];
    for (let times = 0; times < 3; times++) await previewImport(receiver.actor, { shareToken: token });
    const looked = { presented_tokens: 1, share_token_events: 1, outbox: 1 };
    expect([await rowsOf(issuer.id), await rowsOf(receiver.id)]).toEqual([before[0], { ...before[1], ...looked }]);
    await previewImport(colleagueOf(receiver), { shareToken: token });
    expect(await rowsOf(receiver.id)).toEqual({ ...before[1], ...looked, share_token_events: 2 });
    expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionId).toBeTruthy();
  });

  it("names the steps that are missing, and those that were left out", async () => {
    const { issuer, receiver } = await newPair();
    const workflow = await createWorkflow(receiver.actor, {
      label: "More than they did",
      steps: [
        { feature: "OCR" },
        { feature: "PROOF_OF_ADDRESS" },
        { feature: "AML" },
        { feature: "DOCUMENT_AI" },
      ] as never,
    });
    const session = await newPerson(issuer);
    const { token } = await mintShareToken(issuer.actor, {
      sessionId: session.id,
      forApplicationId: receiver.id,
      share: { omit: ["POA"], media: false },
    });
    const { preview } = await previewImport(receiver.actor, { shareToken: token, workflowId: workflow.workflow.id });
    expect(stepsOf(preview)).toEqual({
      OCR: "satisfied",
      PROOF_OF_ADDRESS: "omitted",
      AML: "not_approved",
      DOCUMENT_AI: "missing",
    });
    expect(preview).toMatchObject({
      media: 0,
      omitted: { features: [{ feature: "POA", applicationId: issuer.id }], media: { applicationId: issuer.id } },
    });
    expect(preview!.blocks.map(({ feature }) => feature)).not.toContain("POA");
  });

  it("says whether the person is here already, by reference and by number", async () => {
    const { issuer, receiver } = await newPair();
    const known = await newPerson(receiver, { documentNumber: "XQ0001112", vendorData: "customer-1" });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer, { documentNumber: "xq 000-1112" })).id);
    const here = await previewImport(receiver.actor, { shareToken: token, vendorData: "customer-1" });
    expect(here.preview!.entity).toMatchObject({ vendorData: "customer-1", status: "ACTIVE", sessions: 1 });
    expect(here.preview!.sameNumber).toEqual([{ id: known.id, sessionNumber: known.number, status: "Approved" }]);
    const other = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    expect((await previewImport(receiver.actor, { shareToken: other.token })).preview).toMatchObject({
      entity: null,
      sameNumber: [],
    });
  });

  it("shows a limited key none of the sessions that it may not see", async () => {
    const { issuer, receiver } = await newPair();
    await newPerson(receiver, { documentNumber: "XQ0001113" });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer, { documentNumber: "XQ0001113" })).id);
    const limited = {
      ...receiver.actor,
      limits: { workflowIds: [receiver.workflows.otherUser], statuses: null, media: true } as never,
    };
    expect((await previewImport(limited, { shareToken: token })).preview!.sameNumber).toEqual([]);
  });

  it("knows of the receiver's lists", async () => {
    const { issuer, receiver } = await newPair();
    const blocked = (await listLists(receiver.actor, { entryType: "document" })).find((view) => view.list.isSystem)!;
    await addEntry(receiver.actor, { listId: blocked.list.id, value: "XQ7000001" });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer, { documentNumber: "XQ7000001" })).id);
    const { preview } = await previewImport(receiver.actor, { shareToken: token, trustReview: true });
    expect(preview!.trust.reasons).toContain("list_match");
    const imported = await importSharedSession(receiver.actor, { shareToken: token, trustReview: true });
    expect(preview!.landingStatus).toBe(imported.status);
  });

  it("counts a company's people, and those who are here already", async () => {
    const { issuer, receiver } = await newPair();
    const company = await newCompany(issuer, { peopleCount: 2 });
    const [first, second] = company.people;
    const { token } = await mintFor(issuer, receiver, company.id);
    const before = (await previewImport(receiver.actor, { shareToken: token })).preview!;
    expect(before.keyPeople).toEqual({ arriving: 2, alreadyHere: 0 });
    expect(before.media).toBe(company.media.size + first!.media.size + second!.media.size);
    await share(issuer, receiver, first!.id);
    expect((await previewImport(receiver.actor, { shareToken: token })).preview!.keyPeople).toEqual({
      arriving: 1,
      alreadyHere: 1,
    });
  });

  it("is for the application that the token is for, and only while it opens", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const seen = async (application: TestApplication) => {
      const { says, preview } = await previewImport(application.actor, { shareToken: token });
      return [says.state, preview === null];
    };
    expect(await seen(stranger)).toEqual(["wrong_application", true]);
    expect(await seen(issuer)).toEqual(["wrong_application", true]);
    expect(
      await codeOf(previewImport(receiver.actor, { shareToken: token, workflowId: receiver.workflows.business })),
    ).toBe("workflow_kind_mismatch");
    expect(await codeOf(previewImport(receiver.actor, { shareToken: token, workflowId: issuer.workflows.user }))).toBe(
      "workflow_not_found",
    );
    await revokeShareToken(issuer.actor, { shareTokenId: id });
    expect(await seen(receiver)).toEqual(["unavailable", true]);
  });
});

describe("the steps of a workflow", () => {
  const decision = {
    session_kind: "user",
    liveness_checks: [{ node_id: "l", status: "Approved", age_estimation: 31 }],
    aml_screenings: [
      { node_id: "a", status: "Approved" },
      { node_id: "b", status: "In Review" },
    ],
  } as unknown as Decision;

  it("are answered by an approved block; by an age, where one was estimated", () => {
    expect(stepsAnswered(["LIVENESS", "AGE_ESTIMATION", "AML", "AML", "NFC"], decision, new Set(["NFC"]))).toEqual([
      { step: "LIVENESS", state: "satisfied", status: "Approved" },
      { step: "AGE_ESTIMATION", state: "satisfied", status: "Approved" },
      { step: "AML", state: "not_approved", status: "In Review" },
      { step: "NFC", state: "omitted", status: null },
    ]);
    const without = { ...decision, liveness_checks: [{ node_id: "l", status: "Approved" }] } as Decision;
    expect(stepsAnswered(["AGE_ESTIMATION"], without, new Set())).toEqual([
      { step: "AGE_ESTIMATION", state: "missing", status: null },
    ]);
  });
});

import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeOf, newApplication, newPerson, type TestApplication } from "../testing";
import { bringInDecisions, type LineProblem } from "./bring-in";
import { listSessionsByOffset } from "./list";
import { readSession } from "./read";
import { companyDecision, jpeg, mediaFor, personDecision } from "./samples/decisions";
import kyb from "./samples/kyb-decision.json" with { type: "json" };
import kyc from "./samples/kyc-decision.json" with { type: "json" };

const none = new Map<string, Uint8Array>();

async function refused(application: TestApplication, decision: unknown, media = none): Promise<LineProblem[]> {
  const [result] = await bringInDecisions(application.actor, [decision], media);
  if (!result || result.ok) throw new Error("The decision was accepted.");
  return result.problems;
}

const countOf = async (application: TestApplication) =>
  (await listSessionsByOffset(application.actor, {}, { limit: 1, offset: 0 })).count;

describe("a decision of one's own vendor", () => {
  it("in the contract's shape becomes a native session, with its media", async () => {
    const application = await newApplication();
    const media = mediaFor(kyc);
    const [result] = await bringInDecisions(application.actor, [kyc], media, { requireMedia: true });
    expect(result).toMatchObject({ ok: true, line: 1, kind: "user", sessionNumber: 1, notes: [] });
    const view = await readSession(application.actor, result!.ok ? result!.sessionId : "");
    expect(view.session).toMatchObject({
      status: "In Review",
      vendorData: "partner-user-0042",
      country: "ESP",
      sharedFromSession: null,
      externalReference: kyc.session_id,
      environment: "sandbox",
    });
    expect(view.media).toHaveLength(media.size);
    expect(view.card.fullName).toBe("Mira Vela Ortun");
  });

  it("without its media is stored, and every absent medium is named", async () => {
    const application = await newApplication();
    const [result] = await bringInDecisions(application.actor, [kyc], none);
    expect(result!.ok && result!.notes.map((note) => note.path)).toContain("id_verifications[0].portrait_image");
    const view = await readSession(application.actor, result!.ok ? result!.sessionId : "");
    expect((view.body.id_verifications as { portrait_image: unknown }[])[0]!.portrait_image).toBeNull();
    expect(JSON.stringify(view.body)).not.toContain("media.local");
  });

  it("without its media is refused when media are required", async () => {
    const application = await newApplication();
    const [result] = await bringInDecisions(application.actor, [kyc], none, { requireMedia: true });
    expect(result!.ok).toBe(false);
    expect(await countOf(application)).toBe(0);
  });

  it("of a company links the key people who came with it, in the same file or before", async () => {
    const application = await newApplication();
    const before = await newPerson(application);
    const beside = personDecision();
    const company = companyDecision({ people: [before.decision.session_id, beside.session_id, randomUUID()] });
    const results = await bringInDecisions(application.actor, [company, beside], none);
    expect(results.map((result) => result.ok)).toEqual([true, true]);
    const [first] = results;
    expect(first!.ok && first!.notes.some((note) => note.path === "key_people_checks")).toBe(true);
    const view = await readSession(application.actor, first!.ok ? first!.sessionId : "");
    expect(view.children).toHaveLength(2);
    expect(JSON.stringify(view.body)).not.toContain(before.decision.session_id);
  });

  it("keeps what the contract does not know", async () => {
    const application = await newApplication();
    const decision = personDecision();
    const later = { ...decision, palm_checks: [{ score: 7 }] };
    const [result] = await bringInDecisions(application.actor, [later], none);
    const view = await readSession(application.actor, result!.ok ? result!.sessionId : "");
    expect(view.body).toMatchObject({ palm_checks: [{ score: 7 }] });
  });

  it("the sample of a company is taken as it is", async () => {
    const application = await newApplication();
    const [result] = await bringInDecisions(application.actor, [kyb], mediaFor(kyb));
    expect(result).toMatchObject({ ok: true, kind: "business" });
  });

  it("is refused without the privilege", async () => {
    const application = await newApplication({ privileges: ["read:sessions"] });
    expect(await codeOf(bringInDecisions(application.actor, [kyc], none))).toBe("forbidden");
  });
});

describe("a line that is refused says where and why", () => {
  const change = (decision: object, path: string, value: unknown) => {
    const copy = structuredClone(decision) as Record<string, unknown>;
    const keys = path.split(".");
    let at = copy as never as Record<string, Record<string, unknown>>;
    for (const key of keys.slice(0, -1)) at = at[key] as never;
    (at as Record<string, unknown>)[keys.at(-1)!] = value;
    return copy;
  };

  it.each([
    [
      "id_verifications.0.date_of_birth",
      "09/04/1991",
      "id_verifications[0].date_of_birth",
      "Dates are written YYYY-MM-DD.",
    ],
    [
      "id_verifications.0.issuing_state",
      "ES",
      "id_verifications[0].issuing_state",
      "Countries on documents are ISO 3166-1 alpha-3.",
    ],
    ["status", "Excellent", "status", '"Excellent" is not a session status.'],
    [
      "status",
      "In Progress",
      "status",
      "Only finished sessions (Approved, Declined, In Review) can be brought in; this one is In Progress.",
    ],
    [
      "registry_checks",
      [{ node_id: "n", status: "Approved" }],
      "registry_checks",
      "A user session has no registry_checks.",
    ],
  ])("%s = %j", async (path, value, where, why) => {
    const application = await newApplication();
    expect(await refused(application, change(kyc, path, value))).toContainEqual({ path: where, message: why });
    expect(await countOf(application)).toBe(0);
  });

  it.each([
    ["id_verifications.0.status", "APPROVED", "id_verifications[0].status"],
    ["id_verifications.0.node_id", "", "id_verifications[0].node_id"],
    ["liveness_checks.0.score", 101, "liveness_checks[0].score"],
    ["liveness_checks.0.score", "97", "liveness_checks[0].score"],
    ["aml_screenings.0.total_hits", -1, "aml_screenings[0].total_hits"],
    ["aml_screenings.0.hits.0.review_status", "Maybe", "aml_screenings[0].hits[0].review_status"],
    ["session_kind", "robot", "session_kind"],
    ["created_at", "yesterday", "created_at"],
    ["created_at", "2026-06-02T08:00:00", "created_at"],
    ["vendor_data", "", "vendor_data"],
    ["vendor_data", "x".repeat(256), "vendor_data"],
    ["id_verifications", {}, "id_verifications"],
  ])("%s = %j", async (path, value, where) => {
    const application = await newApplication();
    const problems = await refused(application, change(kyc, path, value));
    expect(problems.map((problem) => problem.path)).toContain(where);
  });

  it.each([null, 1, "decision", [], {}, [kyc]])("a line that is %j", async (line) => {
    const application = await newApplication();
    expect((await refused(application, line)).length).toBeGreaterThan(0);
  });

  it("a medium that is no picture, document or film", async () => {
    const application = await newApplication();
    const media = mediaFor(kyc);
    media.set(kyc.id_verifications[0]!.front_image, Buffer.from("<svg onload=alert(1)>"));
    expect(await refused(application, kyc, media)).toEqual([
      {
        path: "id_verifications[0].front_image",
        message: "Media are JPEG, PNG, WebP, PDF, MP4 or WebM; these bytes are none of them.",
      },
    ]);
  });

  it("a medium that is too large", async () => {
    const application = await newApplication();
    const media = mediaFor(kyc);
    media.set(kyc.id_verifications[0]!.front_image, Buffer.concat([jpeg(), Buffer.alloc(16 * 1024 * 1024)]));
    expect(await refused(application, kyc, media)).toEqual([
      { path: "id_verifications[0].front_image", message: "A medium may have at most 16 MiB." },
    ]);
  });

  it("a date that no calendar or database has", async () => {
    const application = await newApplication();
    for (const created_at of ["0000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "+275760-09-13T00:00:00Z"])
      expect((await refused(application, { ...personDecision(), created_at })).map(({ path }) => path)).toEqual([
        "created_at",
      ]);
  });

  it("text that the database cannot hold", async () => {
    const application = await newApplication();
    const problems = await refused(application, { ...personDecision(), vendor_data: "a\u0000b" });
    expect(problems.map(({ path }) => path)).toEqual(["vendor_data"]);
  });
});

describe("lines stand alone", () => {
  it("the good are stored and the bad are refused, in the order of the file", async () => {
    const application = await newApplication();
    const results = await bringInDecisions(application.actor, [personDecision(), {}, personDecision()], none);
    expect(results.map((result) => [result.line, result.ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(await countOf(application)).toBe(2);
  });

  it("the same session twice in one file is stored once", async () => {
    const application = await newApplication();
    const decision = personDecision();
    const results = await bringInDecisions(application.actor, [decision, decision], none);
    expect(results[1]).toMatchObject({ ok: false, problems: [{ path: "session_id" }] });
    expect(await countOf(application)).toBe(1);
  });

  it("the same session in a later file is refused, and in another application it is not", async () => {
    const [application, other] = [await newApplication(), await newApplication()];
    const decision = personDecision();
    await bringInDecisions(application.actor, [decision], none);
    expect(await refused(application, decision)).toEqual([
      { path: "session_id", message: "This session has been brought in already." },
    ]);
    expect((await bringInDecisions(other.actor, [decision], none))[0]!.ok).toBe(true);
  });

  it("the same session in many files in the same instant is stored once, each line answered once", async () => {
    const application = await newApplication();
    const decision = personDecision({ vendorData: null });
    const files = await Promise.all(
      Array.from({ length: 8 }, () =>
        bringInDecisions(application.actor, [decision, personDecision({ vendorData: null })], none),
      ),
    );
    for (const results of files) expect(results.map((result) => result.line)).toEqual([1, 2]);
    expect(files.filter(([first]) => first!.ok)).toHaveLength(1);
    expect(files.every(([, second]) => second!.ok)).toBe(true);
    expect(await countOf(application)).toBe(9);
  });

  it("none at all, and more than five hundred, are refused as a whole", async () => {
    const application = await newApplication();
    expect(await codeOf(bringInDecisions(application.actor, [], none))).toBe("invalid_input");
    expect(await codeOf(bringInDecisions(application.actor, Array(501).fill({}), none))).toBe("invalid_input");
  });

  it("a workflow of the other kind or of another application refuses the line", async () => {
    const [application, other] = [await newApplication(), await newApplication()];
    const problem = async (workflowId: string) => {
      const [result] = await bringInDecisions(application.actor, [personDecision()], none, { workflowId });
      return result!.ok ? null : result!.problems;
    };
    expect(await problem(application.workflows.business)).toEqual([
      { path: "workflow_id", message: "Workflow type does not match the session kind." },
    ]);
    expect(await problem(other.workflows.user)).toEqual([{ path: "workflow_id", message: "Workflow not found." }]);
    expect(await problem(application.workflows.otherUser)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import type { FeatureStatus } from "../sessions/rules";
import { WORKFLOW_FEATURE_NAMES } from "../workflows/rules";
import {
  type Outcome,
  planFinish,
  RISKS,
  resultOf,
  returnUrl,
  SCENARIO_NAMES,
  SCENARIOS,
  type Scenario,
  scenarioProblem,
  walkState,
  walkSteps,
} from "./rules";

const steps = (...features: string[]) => features.map((feature) => ({ feature, label: null, config: {} }));
const KYC = steps("OCR", "LIVENESS", "FACE_MATCH", "AML");
const statuses = (of: Record<string, FeatureStatus>) => new Map(Object.entries(of));

describe("the steps of a walk", () => {
  it("are open until they have a result, and a second form has a node of its own", () => {
    const walk = walkSteps(
      steps("OCR", "QUESTIONNAIRE", "QUESTIONNAIRE"),
      statuses({ feature_ocr: "Approved", feature_questionnaire: "Not Finished" }),
      null,
    );
    expect(walk.map(({ nodeId, status, isOpen }) => [nodeId, status, isOpen])).toEqual([
      ["feature_ocr", "Approved", false],
      ["feature_questionnaire", "Not Finished", true],
      ["feature_questionnaire_2", "Not Started", true],
    ]);
  });

  it("are open again when they are asked for, until they are done again; the others stay", () => {
    const done = statuses({
      feature_ocr: "Declined",
      feature_liveness: "Approved",
      feature_face_match: "Approved",
      feature_aml: "Approved",
    });
    const asked = [{ nodeId: "feature_ocr", feature: "OCR" }];
    const open = (redone: string[]) =>
      walkSteps(KYC, done, { asked, redone })
        .filter(({ isOpen }) => isOpen)
        .map(({ nodeId, status }) => [nodeId, status]);
    expect(open([])).toEqual([["feature_ocr", "Resub Requested"]]);
    expect(open(["feature_ocr"])).toEqual([]);
  });
});

describe("what a session comes to", () => {
  it.each<[string[], Outcome]>([
    [["Approved", "Approved"], "Approved"],
    [["Approved", "In Review"], "In Review"],
    [["Declined", "In Review"], "Declined"],
    [["Approved", "Not Finished"], "In Review"],
  ])("%j is %s", (of, result) => expect(resultOf(of)).toBe(result));
});

describe("finishing", () => {
  const plan = (
    of: Record<string, FeatureStatus>,
    scenario: Scenario | null,
    target: Outcome | null,
    workflow = KYC,
    mayRedo: (nodeId: string) => boolean = () => true,
  ) => {
    const walk = walkSteps(workflow, statuses(of), null);
    const choices = planFinish(walk, scenario, target, ({ nodeId }) => mayRedo(nodeId));
    const comesTo = walk.map(({ nodeId, status }) => choices.find((one) => one.nodeId === nodeId)?.outcome ?? status);
    return { choices: choices.map(({ nodeId, outcome, risk }) => [nodeId, outcome, risk]), result: resultOf(comesTo) };
  };

  it("approves what is open when nothing else is said", () => {
    const { choices, result } = plan({ feature_ocr: "Approved" }, null, null);
    expect(choices.map(([, outcome]) => outcome)).toEqual(["Approved", "Approved", "Approved"]);
    expect(result).toBe("Approved");
  });

  it("lets the scenario's step go wrong, and only that", () => {
    const { choices, result } = plan({}, "review_aml_possible_match", null);
    expect(choices.filter(([, outcome]) => outcome !== "Approved")).toEqual([
      ["feature_aml", "In Review", "POSSIBLE_MATCH_FOUND"],
    ]);
    expect(result).toBe("In Review");
  });

  it.each(["Approved", "Declined", "In Review"] as const)(
    "comes to %s when that is chosen, whatever was done",
    (target) => {
      const all = {
        feature_ocr: "Approved",
        feature_liveness: "Approved",
        feature_face_match: "Approved",
        feature_aml: "Approved",
      } as const;
      for (const of of [{}, all, { ...all, feature_ocr: "Declined" }, { ...all, feature_aml: "In Review" }] as const)
        for (const scenario of [null, "decline_liveness_attack", "review_aml_possible_match"] as const)
          expect(plan(of, scenario, target).result, JSON.stringify([of, scenario])).toBe(target);
      for (const feature of WORKFLOW_FEATURE_NAMES)
        expect(plan({}, null, target, steps(feature)).result, feature).toBe(target);
    },
  );

  it("does nothing again that does not contradict", () => {
    expect(
      plan(
        {
          feature_ocr: "Declined",
          feature_liveness: "Approved",
          feature_face_match: "Approved",
          feature_aml: "Approved",
        },
        null,
        "Declined",
      ).choices,
    ).toEqual([]);
  });

  it("leaves alone what it may not redo", () => {
    const of = {
      feature_ocr: "Approved",
      feature_liveness: "Approved",
      feature_face_match: "Approved",
      feature_aml: "In Review",
    } as const;
    expect(plan(of, null, "Approved", KYC, (nodeId) => nodeId === "feature_ocr").choices).toEqual([]);
  });
});

describe("scenarios", () => {
  it("are about a reason that the step knows", () => {
    for (const about of Object.values(SCENARIOS))
      if (about) expect(RISKS[about.feature] as readonly string[]).toContain(about.risk);
  });

  it("are refused where their step is not asked for, except approval", () => {
    expect(SCENARIO_NAMES.filter((name) => scenarioProblem(name, ["OCR"]) === null)).toEqual([
      "approve",
      "decline_document_expired",
      "decline_could_not_recognize_document",
      "decline_mrz_validation",
      "decline_minimum_age",
    ]);
    expect(scenarioProblem("decline_nfc_chip_not_verified", ["OCR"])).toContain("no NFC step");
  });
});

describe("the state of a walk", () => {
  const now = new Date("2026-06-02T08:00:00Z");
  const later = new Date("2026-06-02T08:00:01Z");
  it.each([
    ["Not Started", "sandbox", later, "not_started"],
    ["Not Started", "sandbox", now, "expired"],
    ["In Progress", "sandbox", later, "in_progress"],
    ["In Progress", "sandbox", now, "abandoned"],
    ["Not Started", "live", later, "live"],
    ["Not Started", "live", now, "expired"],
    ["Resubmitted", "sandbox", now, "resubmitted"],
    ["Resubmitted", "live", now, "live"],
    ["Awaiting User", "sandbox", later, "waiting"],
    ["Approved", "live", now, "finished"],
    ["In Review", "sandbox", now, "finished"],
    ["Kyc Expired", "sandbox", now, "finished"],
    ["Expired", "sandbox", now, "expired"],
    ["Abandoned", "sandbox", now, "abandoned"],
  ] as const)("%s in %s until %s is %s", (status, environment, expiresAt, state) =>
    expect(walkState({ status, environment, expiresAt }, now)).toBe(state),
  );
});

describe("the way back", () => {
  it.each([
    ["https://shop.example/back", "https://shop.example/back?verificationSessionId=id-1&status=In+Review"],
    [
      "https://shop.example/back?a=1#top",
      "https://shop.example/back?a=1&verificationSessionId=id-1&status=In+Review#top",
    ],
    ["myapp://kyc/done", "myapp://kyc/done?verificationSessionId=id-1&status=In+Review"],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["no address", null],
    [null, null],
  ])("of %j is %j", (callback, url) => expect(returnUrl(callback, "id-1", "In Review")).toBe(url));
});

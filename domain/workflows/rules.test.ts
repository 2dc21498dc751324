import { describe, expect, it } from "vitest";
import {
  changesBetween,
  featuresFor,
  kindOf,
  LEGACY_FLAGS,
  legacySteps,
  parseFeature,
  Settings,
  type Step,
  stepsProblem,
  typeOf,
  type WorkflowFeature,
} from "./rules";

const steps = (...features: WorkflowFeature[]) => features.map((feature) => ({ feature, label: null, config: {} }));

describe("the name of a feature", () => {
  it.each([
    ["OCR", "OCR"],
    ["ocr", "OCR"],
    [" ID_VERIFICATION ", "OCR"],
    ["POA", "PROOF_OF_ADDRESS"],
    ["PHONE", "PHONE_VERIFICATION"],
    ["EMAIL", "EMAIL_VERIFICATION"],
    ["EMAIL_VERIFICATION", "EMAIL_VERIFICATION"],
    ["KYB_COMPANY_AML", "AML"],
  ])("%j is %s", (spelled, feature) => {
    expect(parseFeature(spelled)).toBe(feature);
  });

  it.each(["", "PASSPORT", "constructor", "__proto__", "toString"])("%j is none", (spelled) => {
    expect(parseFeature(spelled)).toBeNull();
  });
});

describe("steps", () => {
  it.each<[WorkflowFeature[], RegExp | null]>([
    [["OCR"], null],
    [["OCR", "LIVENESS", "FACE_MATCH", "AML"], null],
    [["LIVENESS", "FACE_MATCH"], null],
    [["QUESTIONNAIRE", "QUESTIONNAIRE"], null],
    [["KYB_REGISTRY", "AML", "QUESTIONNAIRE"], null],
    [["OCR", "OCR"], /OCR appears more than once/],
    [["OCR", "KYB_REGISTRY"], /one or the other/],
    [["FACE_MATCH", "OCR"], /OCR comes before FACE_MATCH/],
    [["NFC", "OCR"], /OCR comes before NFC/],
    [["LIVENESS", "DATABASE_VALIDATION", "OCR"], /OCR comes before DATABASE_VALIDATION/],
  ])("%j: %s", (features, problem) => {
    const found = stepsProblem(steps(...features));
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeNull();
  });

  it.each<[WorkflowFeature[], string, string]>([
    [["OCR", "AML"], "user", "kyc"],
    [["KYB_REGISTRY"], "business", "kyb"],
    [["KYB_DOCUMENTS", "QUESTIONNAIRE"], "business", "kyb"],
    [["QUESTIONNAIRE"], "user", "questionnaire_verification"],
    [["EMAIL_VERIFICATION"], "user", "email_verification"],
    [["PHONE_VERIFICATION"], "user", "phone_verification"],
    [["PROOF_OF_ADDRESS"], "user", "address_verification"],
    [["LIVENESS"], "user", "biometric_authentication"],
    [["AGE_ESTIMATION", "LIVENESS"], "user", "adaptive_age_verification"],
    [["AML"], "user", "kyc"],
  ])("%j verify a %s and are a %s", (features, kind, type) => {
    expect(kindOf(steps(...features))).toBe(kind);
    expect(typeOf(kindOf(steps(...features)), features)).toBe(type);
  });
});

describe("the older form", () => {
  const names = (given: Record<string, unknown>, type = "kyc" as const, present?: Step[]) =>
    legacySteps(given, type, present).map((step) => step.feature);

  it("is a type and flags, put into an order that runs", () => {
    expect(names({ is_face_match_enabled: true, is_liveness_enabled: true, is_aml_enabled: true })).toEqual([
      "OCR",
      "LIVENESS",
      "FACE_MATCH",
      "AML",
    ]);
    expect(names({ is_id_verification_enabled: false, is_email_verification_enabled: true })).toEqual([
      "EMAIL_VERIFICATION",
    ]);
    const every = Object.fromEntries(
      Object.entries(LEGACY_FLAGS)
        .filter(([, feature]) => !feature.startsWith("KYB"))
        .map(([flag]) => [flag, true]),
    );
    expect(stepsProblem(steps(...(names(every) as WorkflowFeature[])))).toBeNull();
  });

  it("gives each setting to the step it belongs to", () => {
    const made = legacySteps(
      { is_liveness_enabled: true, face_liveness_method: "passive", documents_allowed: { ESP: {} }, other: 1 },
      "kyc",
    );
    expect(made).toEqual([
      { feature: "OCR", label: null, config: { documents_allowed: { ESP: {} } } },
      { feature: "LIVENESS", label: null, config: { face_liveness_method: "passive" } },
    ]);
  });

  it("changes the steps there are when it updates: a flag adds one or takes one away", () => {
    const present = steps("OCR", "LIVENESS").map((step) => ({ ...step, label: "mine" }));
    expect(
      legacySteps({ is_aml_enabled: true, is_liveness_enabled: false, aml_decline_threshold: 80 }, "kyc", present),
    ).toEqual([
      { feature: "OCR", label: "mine", config: {} },
      { feature: "AML", label: null, config: { aml_decline_threshold: 80 } },
    ]);
  });
});

describe("what changed between two versions", () => {
  const settings = Settings.parse({});
  const step = (feature: string, config: Record<string, unknown> = {}, label: string | null = null) => ({
    feature,
    label,
    config,
  });
  const version = (...steps: ReturnType<typeof step>[]) => ({ label: "KYC", steps, settings });

  it("is nothing when they say the same, in whatever order the keys are kept", () => {
    const config = { a: 1, b: { c: [1, 2], d: null } };
    const same = { b: { d: null, c: [1, 2] }, a: 1 };
    expect(changesBetween(version(step("OCR", config)), version(step("OCR", same)))).toEqual({
      label: false,
      added: [],
      removed: [],
      reordered: false,
      changed: [],
      settings: [],
    });
  });

  it("names steps that came, went, moved or say something else", () => {
    const before = version(step("OCR"), step("LIVENESS"), step("AML", { threshold: 80 }), step("PHONE_VERIFICATION"));
    const after = version(step("LIVENESS", {}, "Selfie"), step("OCR"), step("AML", { threshold: 70 }), step("NFC"));
    expect(changesBetween(before, after)).toMatchObject({
      added: ["NFC"],
      removed: ["PHONE_VERIFICATION"],
      reordered: true,
      changed: ["LIVENESS", "AML"],
    });
  });

  it("tells two askings of a form apart", () => {
    const ask = (id: string) => step("QUESTIONNAIRE", { questionnaire_uuid: id });
    expect(changesBetween(version(ask("a")), version(ask("a"), ask("b"))).added).toEqual(["QUESTIONNAIRE"]);
    expect(changesBetween(version(ask("a"), ask("b")), version(ask("a"), ask("c"))).changed).toEqual(["QUESTIONNAIRE"]);
  });

  it("names the settings and the label", () => {
    const after = { ...version(step("OCR")), label: "Plus", settings: { ...settings, retryWindowInDays: null } };
    expect(changesBetween(version(step("OCR")), after)).toMatchObject({ label: true, settings: ["retryWindowInDays"] });
  });
});

describe("what a kind can be asked for", () => {
  it("is its own features and those of both", () => {
    expect(featuresFor("business")).toContain("KYB_REGISTRY");
    expect(featuresFor("business")).toContain("AML");
    expect(featuresFor("business")).not.toContain("OCR");
    expect(featuresFor("user")).not.toContain("KYB_REGISTRY");
  });
});

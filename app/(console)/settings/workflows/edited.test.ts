import { describe, expect, it } from "vitest";
import { Settings } from "@/domain/workflows/rules";
import { configOf, editedSettings, editedSteps, faultOf, newStep, offeredFor, settingsOf } from "./edited";

describe("a step while it is edited", () => {
  it("says afterwards what it said before", () => {
    const questionnaire_uuid = "0b2c8a52-7d0e-4f43-9d50-6d1a0a3d8f10";
    const steps = [
      { feature: "OCR", label: "Paper", config: { documents_allowed: { ESP: { ID: 1 } } } },
      { feature: "QUESTIONNAIRE", label: null, config: { questionnaire_uuid, more: true } },
    ];
    const edited = editedSteps(steps);
    expect(edited.map(configOf)).toEqual(steps.map((step) => step.config));
    expect(edited[1]).toMatchObject({ questionnaire: questionnaire_uuid, raw: '{\n  "more": true\n}' });
  });

  it.each(["{", "[1]", "null", "7", '"text"'])("takes no %j for its options", (raw) => {
    expect(configOf({ ...newStep("AML"), raw })).toBeNull();
  });

  it("has no options when nothing is written", () => {
    expect(configOf({ ...newStep("AML"), raw: "  " })).toEqual({});
  });
});

describe("the steps of a kind", () => {
  it("are refused when there are none, or none about the company", () => {
    expect(faultOf("user", [])).toEqual({ code: "none" });
    expect(faultOf("business", [newStep("AML")])).toEqual({ code: "noCompany" });
    expect(faultOf("business", [newStep("KYB_REGISTRY"), newStep("AML")])).toBeNull();
    expect(faultOf("user", [newStep("KYB_REGISTRY")])).toEqual({ code: "foreign", feature: "KYB_REGISTRY" });
    expect(faultOf("business", [newStep("OCR")])).toEqual({ code: "foreign", feature: "OCR" });
    expect(faultOf("user", [newStep("FACE_MATCH"), newStep("OCR")])).toMatchObject({ code: "order" });
  });

  it("are offered once, and a form as often as one likes", () => {
    const offered = offeredFor("user", [newStep("OCR"), newStep("QUESTIONNAIRE")]);
    expect(offered).not.toContain("OCR");
    expect(offered).toContain("QUESTIONNAIRE");
    expect(offered).not.toContain("KYB_REGISTRY");
  });
});

describe("settings as they are typed", () => {
  it.each([60, 3_600, 90 * 60, 7 * 86_400, 5 * 3_600])("keep %i seconds", (sessionExpirationInSeconds) => {
    const settings = Settings.parse({ sessionExpirationInSeconds, retryWindowInDays: null });
    expect(settingsOf(editedSettings(settings))).toEqual({
      settings,
      wrong: { term: false, attempts: false, window: false },
    });
  });

  it("are named when they are out of bounds", () => {
    const edited = editedSettings(Settings.parse({}));
    expect(settingsOf({ ...edited, term: "366", attempts: "11", window: "0" }).wrong).toEqual({
      term: true,
      attempts: true,
      window: true,
    });
    expect(settingsOf({ ...edited, term: "1.5", attempts: "", window: "-1" }).wrong).toEqual({
      term: true,
      attempts: true,
      window: true,
    });
  });
});

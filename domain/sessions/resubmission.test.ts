import { describe, expect, it } from "vitest";
import type { DomainError } from "../errors";
import { isBackendOnly, nodesToResubmit } from "./resubmission";

const features = [
  { feature: "ID_VERIFICATION", status: "Declined" },
  { feature: "LIVENESS", status: "Approved" },
  { feature: "POA", status: "Not Finished" },
  { feature: "PHONE", status: "Expired" },
  { feature: "EMAIL_VERIFICATION", status: "In Review" },
  { feature: "AML", status: "Approved" },
  { feature: "KYB_REGISTRY", status: "Declined" },
];
const ocr = { nodeId: "feature_ocr", feature: "OCR" };
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as DomainError).fields;
  }
  return null;
};

describe("the steps of a resubmission", () => {
  it("are those that are not good when none are named", () => {
    expect(nodesToResubmit(features, undefined)).toEqual([
      ocr,
      { nodeId: "feature_proof_of_address", feature: "PROOF_OF_ADDRESS" },
      { nodeId: "feature_phone_verification", feature: "PHONE_VERIFICATION" },
      { nodeId: "feature_email_verification", feature: "EMAIL_VERIFICATION" },
    ]);
    expect(nodesToResubmit(features, [])).toHaveLength(4);
  });

  it.each([
    [{ nodeId: "feature_ocr" }],
    [{ nodeId: "OCR" }],
    [{ nodeId: "ID_VERIFICATION" }],
    [{ nodeId: "id_verification" }],
    [{ nodeId: "x", feature: "OCR" }],
    [{ nodeId: "feature_ocr", feature: "ID_VERIFICATION" }],
  ])("are known by each of their names: %j", (asked) => {
    expect(nodesToResubmit(features, [asked])).toEqual([ocr]);
  });

  it.each([
    ["POA", "feature_proof_of_address"],
    ["PHONE", "feature_phone_verification"],
    ["EMAIL", "feature_email_verification"],
    ["LIVENESS", "feature_liveness"],
  ])("%s is %s", (nodeId, expected) => {
    expect(nodesToResubmit(features, [{ nodeId }])[0]!.nodeId).toBe(expected);
  });

  it("are asked for once, however often they are named", () => {
    expect(nodesToResubmit(features, [{ nodeId: "OCR" }, { nodeId: "feature_ocr" }])).toEqual([ocr]);
  });

  it.each(["KYB_REGISTRY", "KYB_KEY_PEOPLE", "KYB", "feature_kyb_registry"])("%s cannot be among them", (nodeId) => {
    expect(refusal(() => nodesToResubmit(features, [{ nodeId }]))!.nodes_to_resubmit![0]).toMatch(
      /cannot be resubmitted|is not a step/,
    );
  });

  it("are refused when they are unknown, or when there are none", () => {
    expect(refusal(() => nodesToResubmit(features, [{ nodeId: "NFC" }]))).toEqual({
      nodes_to_resubmit: ['"NFC" is not a step of this session.'],
    });
    expect(refusal(() => nodesToResubmit([{ feature: "AML", status: "Approved" }], undefined))).toEqual({
      nodes_to_resubmit: ["No features found that need resubmission."],
    });
  });

  it("are the machine's alone, or not", () => {
    expect(isBackendOnly([{ nodeId: "a", feature: "AML" }])).toBe(true);
    expect(isBackendOnly([ocr, { nodeId: "a", feature: "AML" }])).toBe(false);
  });
});

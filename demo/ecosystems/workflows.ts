import type { DemoWorkflow } from "../ecosystems";

const essential = ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH", "AML", "IP_ANALYSIS"];

const bundles = {
  essential: { label: "KYC essential", kind: "user", features: essential },
  address: {
    label: "KYC with address and contact",
    kind: "user",
    features: ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH", "POA", "PHONE", "EMAIL_VERIFICATION", "AML", "IP_ANALYSIS"],
  },
  full: {
    label: "KYC enhanced due diligence",
    kind: "user",
    features: [
      "ID_VERIFICATION",
      "NFC",
      "LIVENESS",
      "FACE_MATCH",
      "POA",
      "PHONE",
      "EMAIL_VERIFICATION",
      "DATABASE_VALIDATION",
      "AML",
      "IP_ANALYSIS",
      "QUESTIONNAIRE",
      "DOCUMENT_AI",
    ],
  },
  people: {
    label: "KYC of key people",
    kind: "user",
    features: ["ID_VERIFICATION", "LIVENESS", "FACE_MATCH", "AML"],
  },
  company: {
    label: "KYB standard",
    kind: "business",
    features: ["KYB_REGISTRY", "AML", "KYB_DOCUMENTS", "KYB_KEY_PEOPLE"],
  },
  companyPlus: {
    label: "KYB with questionnaire",
    kind: "business",
    features: [
      "KYB_REGISTRY",
      "AML",
      "KYB_DOCUMENTS",
      "KYB_KEY_PEOPLE",
      "QUESTIONNAIRE",
      "PHONE",
      "EMAIL_VERIFICATION",
      "IP_ANALYSIS",
    ],
  },
} as const;

export type Bundle = keyof typeof bundles;

/** The first bundle of each kind is that kind's default workflow. */
export function workflowsOf(applicationKey: string, wanted: readonly Bundle[]): DemoWorkflow[] {
  return wanted.map((bundle, index) => {
    const { label, kind, features } = bundles[bundle];
    const isDefault = wanted.findIndex((other) => bundles[other].kind === kind) === index;
    return { key: `${applicationKey}/${bundle}`, label, kind, features: [...features], isDefault };
  });
}

import type { SessionKind } from "@/domain/sessions/rules";
import {
  featuresFor,
  parseFeature,
  type Settings,
  type Step,
  type StepsFault,
  stepsFault,
  WORKFLOW_FEATURES,
  type WorkflowFeature,
} from "@/domain/workflows/rules";

export type FeatureNames = Record<WorkflowFeature, string>;
export type QuestionnaireChoice = { id: string; title: string };

/** A step while it is being edited: its options are text, which may be wrong for a while. */
export type EditedStep = {
  key: string;
  feature: WorkflowFeature;
  label: string;
  /** Of a QUESTIONNAIRE step: the form that it asks. */
  questionnaire: string | null;
  raw: string;
};

const QUESTIONNAIRE_KEY = "questionnaire_uuid";

let count = 0;
const newKey = () => `step-${++count}`;

export const newStep = (feature: WorkflowFeature): EditedStep => ({
  key: newKey(),
  feature,
  label: "",
  questionnaire: null,
  raw: "",
});

export function editedSteps(
  steps: readonly { feature: string; label: string | null; config: Record<string, unknown> }[],
): EditedStep[] {
  return steps.flatMap((step, index) => {
    const feature = parseFeature(step.feature);
    if (!feature) return [];
    const { [QUESTIONNAIRE_KEY]: questionnaire, ...config } = step.config;
    const isNamed = feature === "QUESTIONNAIRE" && typeof questionnaire === "string";
    const rest = isNamed ? config : step.config;
    return [
      {
        // The same on the server and in the browser.
        key: `stored-${index}`,
        feature,
        label: step.label ?? "",
        questionnaire: isNamed ? questionnaire.toLowerCase() : null,
        raw: Object.keys(rest).length === 0 ? "" : JSON.stringify(rest, null, 2),
      },
    ];
  });
}

/** The options of a step, or null while they are no JSON object. */
export function configOf(step: EditedStep): Step["config"] | null {
  let config: unknown = {};
  if (step.raw.trim()) {
    try {
      config = JSON.parse(step.raw);
    } catch {
      return null;
    }
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) return null;
  return { ...(config as Step["config"]), ...(step.questionnaire && { [QUESTIONNAIRE_KEY]: step.questionnaire }) };
}

export type EditFault =
  | StepsFault
  | { code: "none" }
  | { code: "noCompany" }
  | { code: "foreign"; feature: WorkflowFeature };

export function faultOf(kind: SessionKind, steps: readonly EditedStep[]): EditFault | null {
  if (steps.length === 0) return { code: "none" };
  const fault = stepsFault(steps);
  if (fault) return fault;
  const foreign = steps.find((step) => !featuresFor(kind).includes(step.feature));
  if (foreign) return { code: "foreign", feature: foreign.feature };
  const isAboutCompany = steps.some((step) => WORKFLOW_FEATURES[step.feature] === "business");
  return kind === "business" && !isAboutCompany ? { code: "noCompany" } : null;
}

/** A form may be asked several times, everything else once. */
export const offeredFor = (kind: SessionKind, steps: readonly EditedStep[]): WorkflowFeature[] =>
  featuresFor(kind).filter((name) => name === "QUESTIONNAIRE" || !steps.some((step) => step.feature === name));

export const TERM_UNITS = { days: 86_400, hours: 3_600, minutes: 60 } as const;
export type TermUnit = keyof typeof TERM_UNITS;

/** Settings as somebody types them. */
export type EditedSettings = {
  term: string;
  unit: TermUnit;
  attempts: string;
  window: string;
  desktop: boolean;
  whiteLabel: boolean;
};

export function editedSettings(settings: Settings): EditedSettings {
  const seconds = settings.sessionExpirationInSeconds;
  const unit = (Object.keys(TERM_UNITS) as TermUnit[]).find((one) => seconds % TERM_UNITS[one] === 0) ?? "minutes";
  return {
    term: String(Math.round(seconds / TERM_UNITS[unit])),
    unit,
    attempts: String(settings.maxRetryAttempts),
    window: settings.retryWindowInDays === null ? "" : String(settings.retryWindowInDays),
    desktop: settings.isDesktopAllowed,
    whiteLabel: settings.isWhiteLabelEnabled,
  };
}

const whole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** The settings, and which of them are out of bounds. */
export function settingsOf(edited: EditedSettings): {
  settings: Settings;
  wrong: { term: boolean; attempts: boolean; window: boolean };
} {
  const seconds = whole(edited.term) * TERM_UNITS[edited.unit];
  const attempts = whole(edited.attempts);
  const window = edited.window.trim() === "" ? null : whole(edited.window);
  return {
    settings: {
      isWhiteLabelEnabled: edited.whiteLabel,
      isDesktopAllowed: edited.desktop,
      maxRetryAttempts: attempts,
      retryWindowInDays: window,
      sessionExpirationInSeconds: seconds,
    },
    wrong: {
      term: !(seconds >= 60 && seconds <= 365 * 86_400),
      attempts: !(attempts >= 0 && attempts <= 10),
      window: window !== null && !(window >= 1 && window <= 365),
    },
  };
}

import { z } from "zod";
import { formatUnits, type Prices } from "../billing/rules";
import { isoSeconds } from "../sessions/wire";
import type { WorkflowView } from "./read";
import {
  type CreateWorkflowInput,
  isLegacySetting,
  legacySteps,
  MAX_LABEL,
  MAX_STEPS,
  parseFeature,
  SESSION_EXPIRATION_MINUTES,
  type Step,
  typeOf,
  type UpdateWorkflowInput,
  WORKFLOW_TYPES,
  type WorkflowFeature,
} from "./rules";

/** The contract's JSON of workflows (section 7). `session_expiration_time` is in minutes. */

const Feature = z.string().transform((spelled, context): WorkflowFeature => {
  const feature = parseFeature(spelled);
  if (!feature) context.addIssue(`"${spelled.slice(0, 60)}" is not a valid choice.`);
  return feature ?? z.NEVER;
});

const FeatureItem = z.union([
  z.object({
    feature: Feature,
    label: z.string().trim().max(100).nullish(),
    config: z.record(z.string(), z.json()).nullish(),
  }),
  // A name alone will do.
  Feature.transform((feature) => ({ feature, label: null, config: null })),
]);

const common = {
  workflow_label: z.string().trim().min(1).max(MAX_LABEL).nullish(),
  features: z.array(z.unknown()).min(1, "This list may not be empty.").max(MAX_STEPS).nullish(),
  status: z.enum(["draft", "published"]).nullish(),
  is_default: z.boolean().nullish(),
  is_white_label_enabled: z.boolean().nullish(),
  is_desktop_allowed: z.boolean().nullish(),
  max_retry_attempts: z.int().min(0).max(10).nullish(),
  retry_window_days: z.int().min(1).max(365).nullish(),
  session_expiration_time: z.int().min(SESSION_EXPIRATION_MINUTES.min).max(SESSION_EXPIRATION_MINUTES.max).nullish(),
  workflow_type: z.enum(WORKFLOW_TYPES).nullish(),
};

type Body = z.output<typeof Loose>;
const Loose = z.looseObject(common);

const stepsOf = (features: unknown[], context: z.RefinementCtx): z.input<typeof Step>[] =>
  features.flatMap((given, index) => {
    const parsed = (typeof given === "string" ? FeatureItem.options[1] : FeatureItem.options[0]).safeParse(given);
    if (parsed.success) {
      const { feature, label, config } = parsed.data;
      return [{ feature, label: label || null, config: config ?? {} }];
    }
    for (const issue of parsed.error.issues)
      context.addIssue({ ...issue, path: ["features", index, ...issue.path], input: given } as never);
    return [];
  });

const settingsOf = (body: Body) => ({
  isWhiteLabelEnabled: body.is_white_label_enabled ?? undefined,
  isDesktopAllowed: body.is_desktop_allowed ?? undefined,
  maxRetryAttempts: body.max_retry_attempts ?? undefined,
  retryWindowInDays: body.retry_window_days,
  sessionExpirationInSeconds: body.session_expiration_time ? body.session_expiration_time * 60 : undefined,
});

/** `features[]`, or the older `workflow_type` with its `is_*_enabled` flags. */
export const CreateWorkflowBody = Loose.transform((body, context): CreateWorkflowInput => {
  let steps: z.input<typeof Step>[] = [];
  if (body.features) steps = stepsOf(body.features, context);
  else if (Object.keys(body).some(isLegacySetting)) {
    steps = legacySteps(body, body.workflow_type ?? "kyc");
    if (steps.length === 0) context.addIssue({ code: "custom", path: ["features"], message: "No feature is enabled." });
  } else context.addIssue({ code: "custom", path: ["features"], message: "This field is required." });
  return {
    label: body.workflow_label ?? undefined,
    steps,
    settings: settingsOf(body),
    isDefault: body.is_default ?? undefined,
    status: body.status ?? undefined,
  };
});

/** As above, with what is absent left as it is; flags of the older form add and remove single steps. */
export const UpdateWorkflowBody = Loose.transform(
  (body, context): Omit<UpdateWorkflowInput, "id"> => ({
    label: body.workflow_label ?? undefined,
    steps: body.features ? stepsOf(body.features, context) : undefined,
    legacy:
      !body.features && Object.keys(body).some(isLegacySetting)
        ? (body as Record<string, z.core.util.JSONType>)
        : undefined,
    settings: settingsOf(body),
    isDefault: body.is_default ?? undefined,
    status: body.status ?? undefined,
  }),
);

export const WorkflowRow = z.object({
  uuid: z.uuid(),
  workflow_id: z.uuid(),
  workflow_label: z.string(),
  workflow_type: z.enum(WORKFLOW_TYPES),
  is_default: z.boolean(),
  is_archived: z.boolean(),
  is_white_label_enabled: z.boolean(),
  is_desktop_allowed: z.boolean(),
  total_price: z.string(),
  min_price: z.string(),
  max_price: z.string(),
  features: z.array(z.string()),
  is_simple_workflow: z.boolean(),
  is_editable: z.boolean(),
  workflow_url: z.string().nullable(),
  max_retry_attempts: z.int(),
  retry_window_days: z.int().nullable(),
  session_expiration_time: z.int(),
  version: z.int(),
  workflow_version: z.int(),
  status: z.enum(["draft", "published"]),
  has_draft: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export const WorkflowDetail = WorkflowRow.extend({
  feature_configs: z.array(
    z.object({ feature: z.string(), label: z.string().nullable(), config: z.record(z.string(), z.json()) }),
  ),
});

export function toWorkflow({ workflow, version, hasDraft }: WorkflowView, prices: Prices) {
  const features = version.steps.map((step) => step.feature);
  const price = formatUnits(workflow.kind === "business" ? prices.kyb : prices.kyc, 2);
  return {
    uuid: version.versionId,
    workflow_id: workflow.id,
    workflow_label: version.label,
    workflow_type: typeOf(workflow.kind, features),
    is_default: workflow.isDefault,
    is_archived: workflow.archivedAt !== null,
    is_white_label_enabled: version.settings.isWhiteLabelEnabled,
    is_desktop_allowed: version.settings.isDesktopAllowed,
    total_price: price,
    min_price: price,
    max_price: price,
    features,
    is_simple_workflow: true,
    is_editable: workflow.archivedAt === null,
    workflow_url: null,
    max_retry_attempts: version.settings.maxRetryAttempts,
    retry_window_days: version.settings.retryWindowInDays,
    session_expiration_time: Math.round(version.settings.sessionExpirationInSeconds / 60),
    version: version.version,
    workflow_version: version.version,
    status: version.status,
    has_draft: hasDraft,
    created_at: isoSeconds(workflow.createdAt),
    updated_at: isoSeconds(version.updatedAt),
  };
}

/** One workflow by itself also tells the settings of its steps, in the shape that creates one. */
export const toWorkflowDetail = (view: WorkflowView, prices: Prices) => ({
  ...toWorkflow(view, prices),
  feature_configs: view.version.steps.map(({ feature, label, config }) => ({ feature, label, config })),
});

import { invalidField } from "../errors";
import { BLOCKS, NOT_RESUBMITTABLE } from "./blocks";

/** Pure: which steps a resubmission asks for again (contract section 4.3). */

export interface AskedNode {
  nodeId: string;
  feature?: string;
}

export interface ResubmittedNode {
  nodeId: string;
  /** In the workflow's vocabulary. */
  feature: string;
}

const NEEDS_RESUBMISSION = new Set(["Declined", "In Review", "Not Finished", "Expired"]);

/** Names that are taken for others (contract section 3.4). */
const ALIASES: Record<string, string> = { EMAIL: "EMAIL_VERIFICATION", KYB_COMPANY_AML: "AML" };

/** What no person takes part in. */
const BACKEND = new Set(["AML", "DATABASE_VALIDATION", "IP_ANALYSIS"]);

export const isBackendOnly = (nodes: readonly ResubmittedNode[]) => nodes.every(({ feature }) => BACKEND.has(feature));

/**
 * Node ids are `feature_<workflow feature>` in workflows of one line, the only ones there are.
 * @throws invalid_input
 */
export function nodesToResubmit(
  features: readonly { feature: string; status: string }[],
  asked: readonly AskedNode[] | undefined,
): ResubmittedNode[] {
  const known = new Map(
    features.map(({ feature, status }): [string, { feature: string; workflowFeature: string; status: string }] => {
      const workflowFeature = BLOCKS.find((block) => block.feature === feature)?.workflowFeature ?? feature;
      return [`feature_${workflowFeature.toLowerCase()}`, { feature, workflowFeature, status }];
    }),
  );
  if (asked && asked.length > 0) {
    const nodes = asked.map(({ nodeId, feature }) => {
      const given = (feature ?? nodeId).toUpperCase();
      const name = ALIASES[given] ?? given;
      if (NOT_RESUBMITTABLE.has(name)) throw invalidField("nodes_to_resubmit", `${name} cannot be resubmitted.`);
      const step =
        known.get(nodeId) ?? [...known.values()].find((one) => one.feature === name || one.workflowFeature === name);
      if (!step) throw invalidField("nodes_to_resubmit", `"${nodeId}" is not a step of this session.`);
      if (NOT_RESUBMITTABLE.has(step.feature))
        throw invalidField("nodes_to_resubmit", `${step.feature} cannot be resubmitted.`);
      return { nodeId: `feature_${step.workflowFeature.toLowerCase()}`, feature: step.workflowFeature };
    });
    return [...new Map(nodes.map((node) => [node.nodeId, node])).values()];
  }
  const open = [...known].filter(
    ([, step]) => NEEDS_RESUBMISSION.has(step.status) && !NOT_RESUBMITTABLE.has(step.feature),
  );
  if (open.length === 0) throw invalidField("nodes_to_resubmit", "No features found that need resubmission.");
  return open.map(([nodeId, step]) => ({ nodeId, feature: step.workflowFeature }));
}

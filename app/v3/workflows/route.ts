import { z } from "zod";
import { listWorkflows, type Workflow } from "@/domain/workflows/read";
import { route } from "@/lib/route";

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/workflows/",
  summary: "List workflows",
  privilege: "read:sessions",
  responds: {
    status: 200,
    description: "Every workflow that is not archived.",
    schema: z.object({
      count: z.int(),
      next: z.null(),
      previous: z.null(),
      results: z.array(z.looseObject({ workflow_id: z.uuid() })),
    }),
  },
  run: (actor) => listWorkflows(actor),
  answer: (workflows: Workflow[]) => ({
    count: workflows.length,
    next: null,
    previous: null,
    results: workflows.map((workflow) => ({
      uuid: workflow.versionId,
      workflow_id: workflow.id,
      workflow_label: workflow.label,
      workflow_type: workflow.kind === "business" ? "kyb" : "kyc",
      is_default: workflow.isDefault,
      is_archived: workflow.archivedAt !== null,
      features: workflow.features,
      version: workflow.version,
    })),
  }),
});

import { currentPrices } from "@/domain/billing/prices";
import { createWorkflow } from "@/domain/workflows/manage";
import { listWorkflowViews, type WorkflowView } from "@/domain/workflows/read";
import { CreateWorkflowBody, toWorkflow, toWorkflowDetail, WorkflowDetail, WorkflowRow } from "@/domain/workflows/wire";
import { OffsetQuery, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/workflows/",
  summary: "List workflows",
  description: "One row per workflow, in its newest published version; a draft that was never published is listed too.",
  privilege: "read:workflows",
  tool: "list_workflows",
  query: OffsetQuery,
  responds: { status: 200, description: "Every workflow that is not archived.", schema: PageOf(WorkflowRow) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const { count, views } = await listWorkflowViews(actor, page);
    return pageOf(request, page, count, views);
  },
  answer: (page: { results: WorkflowView[] }) => ({
    ...page,
    results: page.results.map((view) => toWorkflow(view, currentPrices())),
  }),
});

export const POST = route({
  method: "POST",
  path: "/v3/workflows/",
  summary: "Create a workflow",
  description:
    "From `features[]` in execution order. The older form, a `workflow_type` with `is_*_enabled` flags, is translated.",
  privilege: "write:workflows",
  body: CreateWorkflowBody,
  bodyExample: {
    workflow_label: "KYC",
    features: [{ feature: "OCR" }, { feature: "LIVENESS" }, { feature: "FACE_MATCH" }],
  },
  responds: { status: 201, description: "Created, and published unless it is a draft.", schema: WorkflowDetail },
  run: (actor, { body }) => createWorkflow(actor, body),
  answer: (view: WorkflowView) => toWorkflowDetail(view, currentPrices()),
});

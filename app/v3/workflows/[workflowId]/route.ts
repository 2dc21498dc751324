import { z } from "zod";
import { currentPrices } from "@/domain/billing/prices";
import { archiveWorkflow, updateWorkflow } from "@/domain/workflows/manage";
import { readWorkflow, type WorkflowView } from "@/domain/workflows/read";
import { toWorkflowDetail, UpdateWorkflowBody, WorkflowDetail } from "@/domain/workflows/wire";
import { route } from "@/lib/route";

const Params = z.object({ workflowId: z.uuid() });
const answer = (view: WorkflowView) => toWorkflowDetail(view, currentPrices());

/** Contract section 7. The id is a workflow's or one of its versions'. */
export const GET = route({
  method: "GET",
  path: "/v3/workflows/{workflowId}/",
  summary: "Retrieve a workflow",
  privilege: "read:workflows",
  params: Params,
  responds: { status: 200, description: "The version named, or the newest.", schema: WorkflowDetail },
  run: (actor, { params }) => readWorkflow(actor, params.workflowId),
  answer,
});

export const PATCH = route({
  method: "PATCH",
  path: "/v3/workflows/{workflowId}/",
  summary: "Update a workflow",
  description:
    "Without `status` a published version changes in place and a draft is published; `published` makes a new version. " +
    "Steps under which sessions have run are never changed in place: that makes a new version, too.",
  privilege: "write:workflows",
  params: Params,
  body: UpdateWorkflowBody,
  bodyExample: { workflow_label: "KYC with screening", features: [{ feature: "OCR" }, { feature: "AML" }] },
  responds: { status: 200, description: "The version that was changed or made.", schema: WorkflowDetail },
  run: (actor, { params, body }) => updateWorkflow(actor, { id: params.workflowId, ...body }),
  answer,
});

export const DELETE = route({
  method: "DELETE",
  path: "/v3/workflows/{workflowId}/",
  summary: "Archive a workflow",
  description: "Existing sessions are not affected. A draft named by its own id is thrown away alone.",
  privilege: "write:workflows",
  params: Params,
  responds: { status: 204, description: "Archived." },
  errors: ["conflict"],
  run: (actor, { params }) => archiveWorkflow(actor, { id: params.workflowId }),
});

import { v7 as uuid } from "uuid";
import { inTenant } from "@/db/client";
import { bulkImports } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { tenantKeyRing } from "../vault/tenant-keys";
import { sealWithOwnKey } from "../vault/text";
import { refusalOfUrl } from "../webhooks/address";
import { sendPolicy } from "../webhooks/policy";
import { findWorkflow } from "../workflows/read";
import { type BulkImport, toView } from "./read";
import { FAILURE_SENTENCES, kindOf, StartInput } from "./rules";

export const sourcePlace = (importId: string) => `bulk-import|${importId}`;

/**
 * Takes an order to bring in a file of earlier results. The worker fetches and reads it; how far it got is in `read`.
 * @throws forbidden, invalid_input, workflow_not_found, workflow_kind_mismatch
 */
export async function startBulkImport(actor: Actor, given: StartInput): Promise<BulkImport> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const input = StartInput.parse(given);
  const refusal = refusalOfUrl(input.sourceUrl, sendPolicy(input.sourceUrl));
  if (refusal) {
    const sentence =
      refusal.startsWith("address_") || refusal.startsWith("host_")
        ? FAILURE_SENTENCES.address_refused
        : "Enter a valid https:// URL.";
    throw invalidField("source_file_url", sentence);
  }
  return inTenant(actor, async (tx) => {
    const kind = kindOf(input.importType);
    const [workflow, ring] = await Promise.all([
      findWorkflow(tx, actor, input.workflowId ? { id: input.workflowId } : { defaultOf: kind }),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    if (!workflow) {
      if (!input.workflowId)
        throw invalidField("workflow_id", "This field is required: there is no default workflow of this kind.");
      throw new DomainError("workflow_not_found", "Workflow not found.");
    }
    if (workflow.kind !== kind)
      throw invalidField("workflow_id", "Workflow type does not match the import type.", "workflow_kind_mismatch");
    const id = uuid();
    const [row] = await tx
      .insert(bulkImports)
      .values({
        applicationId: actor.applicationId,
        id,
        importType: input.importType,
        sourceFormat: input.sourceFormat,
        sealedSourceUrl: sealWithOwnKey(ring, sourcePlace(id), Buffer.from(input.sourceUrl)),
        workflowId: workflow.id,
        status: "pending",
        createdByKind: actor.kind,
        createdById: actor.id,
        createdByLabel: actor.label,
      })
      .returning();
    await recordAudit(tx, actor, {
      action: "bulk_import.start",
      subjectKind: "bulk_import",
      subjectId: id,
      detail: { kind: input.importType, workflow_id: workflow.id },
    });
    return toView(row!);
  });
}

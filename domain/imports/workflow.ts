import { DomainError, invalidField } from "../errors";
import type { SessionKind } from "../sessions/rules";
import type { Workflow } from "../workflows/read";

/**
 * The workflow that a session is to land in, as it was asked for and found.
 * @throws invalid_input, workflow_not_found, workflow_kind_mismatch
 */
export function usableWorkflow(found: Workflow | undefined, asked: string | undefined, kind: SessionKind): Workflow {
  if (!found) {
    if (!asked) throw invalidField("workflow_id", "This field is required: there is no default workflow of this kind.");
    throw new DomainError("workflow_not_found", "Workflow not found.");
  }
  if (found.kind !== kind) {
    throw invalidField(
      "workflow_id",
      "Workflow type does not match the shared session kind.",
      "workflow_kind_mismatch",
    );
  }
  return found;
}

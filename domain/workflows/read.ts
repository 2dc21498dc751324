import { and, asc, desc, eq, isNull, or } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import type { SessionKind } from "../sessions/rules";

export type Workflow = typeof workflows.$inferSelect;

/** @throws forbidden */
export async function listWorkflows(actor: Actor, filter: { kind?: SessionKind } = {}): Promise<Workflow[]> {
  authorize(actor, "read:sessions");
  return inTenant(actor, (tx) =>
    tx
      .select()
      .from(workflows)
      .where(
        and(ownedBy(actor, workflows), isNull(workflows.archivedAt), filter.kind && eq(workflows.kind, filter.kind)),
      )
      .orderBy(asc(workflows.kind), desc(workflows.isDefault), asc(workflows.label)),
  );
}

/** By stable id, by version id (contract section 7 takes both), the default of a kind, or whichever there is of it. */
export async function findWorkflow(
  tx: Tx,
  actor: Actor,
  by: { id: string } | { defaultOf: SessionKind } | { anyOf: SessionKind },
): Promise<Workflow | undefined> {
  const match =
    "id" in by
      ? or(eq(workflows.id, by.id), eq(workflows.versionId, by.id))
      : "defaultOf" in by
        ? and(eq(workflows.kind, by.defaultOf), eq(workflows.isDefault, true))
        : eq(workflows.kind, by.anyOf);
  const [found] = await tx
    .select()
    .from(workflows)
    .where(and(ownedBy(actor, workflows), isNull(workflows.archivedAt), match))
    .orderBy(desc(workflows.isDefault), asc(workflows.createdAt))
    .limit(1);
  return found;
}

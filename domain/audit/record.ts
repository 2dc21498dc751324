import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { auditEntries } from "@/db/schema";
import type { Actor, Applicant } from "../actor";
import type { AuditAction, SubjectKind } from "./rules";

export interface AuditFact {
  /** Given when the fact may be written twice: the second is then dropped. */
  id?: string;
  action: AuditAction;
  subjectKind: SubjectKind;
  subjectId: string;
  counterpartyApplicationId?: string | null;
  /** Ids, codes and numbers only: entries outlive the people they are about. */
  detail?: Record<string, string | number | boolean | null>;
}

export type AuditedActor = Pick<Actor | Applicant, "kind" | "id" | "label" | "applicationId" | "requestId" | "ip">;

/** Writes what an act did, inside the act's own transaction. */
export async function recordAudit(tx: Tx, actor: AuditedActor, ...facts: AuditFact[]): Promise<void> {
  if (facts.length > 0) await insertFacts(tx, actor, facts);
}

/** As `recordAudit`, for a fact with an id. @returns whether it was new */
export async function recordAuditOnce(tx: Tx, actor: AuditedActor, fact: AuditFact & { id: string }): Promise<boolean> {
  return (await insertFacts(tx, actor, [fact])).length > 0;
}

function insertFacts(tx: Tx, actor: AuditedActor, facts: AuditFact[]) {
  return tx
    .insert(auditEntries)
    .values(
      facts.map((fact) => ({
        applicationId: actor.applicationId,
        id: fact.id ?? uuid(),
        actorKind: actor.kind,
        actorId: actor.id,
        actorLabel: actor.label,
        action: fact.action,
        subjectKind: fact.subjectKind,
        subjectId: fact.subjectId,
        counterpartyApplicationId: fact.counterpartyApplicationId ?? null,
        detail: fact.detail ?? {},
        requestId: actor.requestId ?? null,
        ip: actor.ip ?? null,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: auditEntries.id });
}

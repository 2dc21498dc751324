import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant, type Tx } from "@/db/client";
import { questionnaires, workflows, workflowVersions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { problemOf, QuestionnaireInput } from "./rules";

export type Questionnaire = typeof questionnaires.$inferSelect;

/** @throws forbidden */
export async function listQuestionnaires(
  actor: Actor,
  page: { limit: number; offset: number },
): Promise<{ count: number; rows: Questionnaire[] }> {
  authorize(actor, "read:questionnaires");
  return inTenant(actor, async (tx) => {
    const where = and(ownedBy(actor, questionnaires), isNull(questionnaires.archivedAt));
    const [[counted], rows] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(questionnaires).where(where),
      tx
        .select()
        .from(questionnaires)
        .where(where)
        .orderBy(asc(questionnaires.createdAt), asc(questionnaires.id))
        .limit(page.limit)
        .offset(page.offset),
    ]);
    return { count: counted?.count ?? 0, rows };
  });
}

/** @throws forbidden, not_found */
export async function readQuestionnaire(actor: Actor, id: string): Promise<Questionnaire> {
  authorize(actor, "read:questionnaires");
  return inTenant(actor, (tx) => lockQuestionnaire(tx, actor, id, "share"));
}

/** @throws forbidden, invalid_input */
export async function createQuestionnaire(actor: Actor, given: QuestionnaireInput): Promise<Questionnaire> {
  authorize(actor, "write:questionnaires");
  const input = QuestionnaireInput.parse(given);
  const problem = problemOf(input);
  if (problem) throw invalidField(problem.field, problem.message);
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .insert(questionnaires)
      .values({
        applicationId: actor.applicationId,
        id: uuid(),
        ...input,
        publishedAt: input.status === "published" ? new Date() : null,
      })
      .returning();
    await recordAudit(tx, actor, {
      action: "questionnaire.create",
      subjectKind: "questionnaire",
      subjectId: row!.id,
      detail: { version: 1, status: input.status },
    });
    return row!;
  });
}

/**
 * Changes a form; what was answered keeps what was asked. A draft is published unless it is to stay one.
 * @throws forbidden, not_found, invalid_input
 */
export async function updateQuestionnaire(
  actor: Actor,
  id: string,
  changes: Partial<QuestionnaireInput>,
): Promise<Questionnaire> {
  authorize(actor, "write:questionnaires");
  return inTenant(actor, async (tx) => {
    const before = await lockQuestionnaire(tx, actor, id, "update");
    if (changes.status === "draft" && before.status === "published")
      throw invalidField("status", "Cannot revert a published version to draft.");
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const input = QuestionnaireInput.parse({ ...before, ...given, status: changes.status ?? "published" });
    const problem = problemOf(input);
    if (problem) throw invalidField(problem.field, problem.message);
    const now = new Date();
    const version = before.status === "published" ? before.version + 1 : before.version;
    const [row] = await tx
      .update(questionnaires)
      .set({
        ...input,
        version,
        updatedAt: now,
        publishedAt: input.status === "published" ? (before.publishedAt ?? now) : null,
      })
      .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id)))
      .returning();
    await recordAudit(tx, actor, {
      action: "questionnaire.update",
      subjectKind: "questionnaire",
      subjectId: id,
      detail: { version, changed: Object.keys(given).join(",") },
    });
    return row!;
  });
}

/**
 * Puts a form away. One that a workflow still asks stays.
 * @throws forbidden, not_found, conflict
 */
export async function archiveQuestionnaire(actor: Actor, id: string): Promise<{ id: string }> {
  authorize(actor, "write:questionnaires");
  return inTenant(actor, async (tx) => {
    await lockQuestionnaire(tx, actor, id, "update");
    const asked = JSON.stringify([{ config: { questionnaire_uuid: id } }]);
    const [user] = await tx
      .select({ label: workflows.label })
      .from(workflows)
      .innerJoin(
        workflowVersions,
        and(
          eq(workflowVersions.applicationId, workflows.applicationId),
          eq(workflowVersions.versionId, workflows.versionId),
        ),
      )
      .where(
        and(
          ownedBy(actor, workflows),
          isNull(workflows.archivedAt),
          sql`${workflowVersions.steps} @> ${asked}::text::jsonb`,
        ),
      )
      .limit(1);
    if (user) throw new DomainError("conflict", `The workflow “${user.label}” asks this questionnaire.`);
    const now = new Date();
    await tx
      .update(questionnaires)
      .set({ archivedAt: now, updatedAt: now })
      .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id)));
    await recordAudit(tx, actor, { action: "questionnaire.archive", subjectKind: "questionnaire", subjectId: id });
    return { id };
  });
}

async function lockQuestionnaire(
  tx: Tx,
  actor: Actor,
  id: string,
  strength: "share" | "update",
): Promise<Questionnaire> {
  const [row] = await tx
    .select()
    .from(questionnaires)
    .where(and(ownedBy(actor, questionnaires), eq(questionnaires.id, id), isNull(questionnaires.archivedAt)))
    .for(strength);
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

import { and, asc, count, eq, or, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, violates } from "@/db/client";
import { savedViews } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";

export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  /** Whether the one who asks may change and delete it. */
  own: boolean;
  byLabel: string;
  query: Record<string, string>;
}

const MOST_VIEWS = 50;

export const ViewInput = z.object({
  name: z.string().trim().min(1).max(60),
  shared: z.boolean().default(false),
  /** What the address of the list says; whoever opens it reads it as leniently as any address. */
  query: z
    .record(z.string().regex(/^[a-z]{1,20}$/), z.string().min(1).max(400))
    .refine((query) => Object.keys(query).length <= 20, "At most 20 filters."),
});
export type ViewInput = z.input<typeof ViewInput>;

/**
 * One's own views and those that colleagues share, by name.
 * @throws forbidden
 */
export async function listViews(actor: Actor): Promise<SavedView[]> {
  authorize(actor, "read:sessions");
  if (actor.kind !== "member") return [];
  return inTenant(actor, async (tx) => {
    const rows = await tx
      .select()
      .from(savedViews)
      .where(and(ownedBy(actor, savedViews), or(eq(savedViews.memberId, actor.id), eq(savedViews.shared, true))))
      .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
    return rows.map((row) => toView(actor, row));
  });
}

const toView = (actor: Actor, row: typeof savedViews.$inferSelect): SavedView => ({
  id: row.id,
  name: row.name,
  shared: row.shared,
  own: row.memberId === actor.id,
  byLabel: row.memberLabel,
  query: row.query,
});

/**
 * Keeps a view under a name; a name that one has used before is used for this one from now on.
 * @throws forbidden (only members have views), invalid_input, conflict (too many)
 */
export async function saveView(actor: Actor, given: ViewInput): Promise<SavedView> {
  authorize(actor, "read:sessions");
  if (actor.kind !== "member") throw new DomainError("forbidden", "Only members keep views.");
  const input = ViewInput.parse(given);
  const own = and(ownedBy(actor, savedViews), eq(savedViews.memberId, actor.id));
  return inTenant(actor, async (tx) => {
    const named = and(own, sql`lower(${savedViews.name}) = lower(${input.name})`);
    const [before] = await tx.select({ id: savedViews.id }).from(savedViews).where(named).for("update");
    if (!before) {
      const [kept] = await tx.select({ count: count() }).from(savedViews).where(own);
      if ((kept?.count ?? 0) >= MOST_VIEWS)
        throw invalidField("name", `At most ${MOST_VIEWS} views; delete one first.`, "conflict");
    }
    const values = { ...input, updatedAt: new Date() };
    const written = before
      ? tx
          .update(savedViews)
          .set(values)
          .where(and(own, eq(savedViews.id, before.id)))
          .returning()
      : tx
          .insert(savedViews)
          .values({
            applicationId: actor.applicationId,
            id: uuid(),
            memberId: actor.id,
            memberLabel: actor.label,
            ...values,
          })
          .returning();
    const [row] = await written.catch((error: unknown) => {
      if (violates(error, "saved_views_name_once"))
        throw invalidField("name", "There is a view of this name already.", "conflict");
      throw error;
    });
    await recordAudit(tx, actor, {
      action: "saved_view.save",
      subjectKind: "saved_view",
      subjectId: row!.id,
      detail: { shared: row!.shared },
    });
    return toView(actor, row!);
  });
}

/**
 * Of one's own; what others share, whoever runs the organisation may delete, too.
 * @throws forbidden, not_found
 */
export async function deleteView(actor: Actor, input: { id: string }): Promise<{ id: string }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const mayDelete = actor.privileges.has("write:organization")
      ? or(eq(savedViews.memberId, actor.id), eq(savedViews.shared, true))
      : eq(savedViews.memberId, actor.id);
    const [gone] = await tx
      .delete(savedViews)
      .where(and(ownedBy(actor, savedViews), eq(savedViews.id, input.id), mayDelete))
      .returning();
    if (!gone) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, {
      action: "saved_view.delete",
      subjectKind: "saved_view",
      subjectId: gone.id,
      detail: { shared: gone.shared },
    });
    return { id: gone.id };
  });
}

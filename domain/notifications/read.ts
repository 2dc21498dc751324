import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { notifications, sessions } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { DomainError } from "../errors";
import { ofMember } from "./notify";

export interface Notification {
  id: string;
  kind: "mention" | "assignment";
  sessionId: string | null;
  sessionNumber: number | null;
  count: number;
  byLabel: string;
  createdAt: Date;
  isRead: boolean;
}

const NEWEST = 20;

/**
 * What this member was told in this application: the newest twenty, and how many of all are unread.
 * @throws forbidden (keys are told nothing)
 */
export async function listNotifications(actor: Actor): Promise<{ unread: number; items: Notification[] }> {
  authorize(actor, "read:sessions");
  refuseKeys(actor);
  return inTenant(actor, async (tx) => {
    const [[counted], rows] = await Promise.all([
      tx
        .select({ unread: sql<number>`count(*)::int` })
        .from(notifications)
        .where(and(ofMember(actor), isNull(notifications.readAt))),
      tx
        .select({ notification: notifications, sessionNumber: sessions.sessionNumber })
        .from(notifications)
        .leftJoin(
          sessions,
          and(eq(sessions.applicationId, notifications.applicationId), eq(sessions.id, notifications.sessionId)),
        )
        .where(ofMember(actor))
        .orderBy(desc(notifications.createdAt), desc(notifications.id))
        .limit(NEWEST),
    ]);
    return {
      unread: counted?.unread ?? 0,
      items: rows.map(
        ({ notification: { id, kind, sessionId, count, byLabel, createdAt, readAt }, sessionNumber }) => ({
          id,
          kind,
          sessionId,
          sessionNumber,
          count,
          byLabel,
          createdAt,
          isRead: readAt !== null,
        }),
      ),
    };
  });
}

export const ReadInput = z.object({
  /** Absent: all of them. */
  ids: z.array(z.uuid()).min(1).max(100).optional(),
});
export type ReadInput = z.input<typeof ReadInput>;

/**
 * Notes that the member has seen them. Only their own; others' are left as they are.
 * @throws forbidden
 */
export async function readNotifications(actor: Actor, given: ReadInput): Promise<{ read: number }> {
  authorize(actor, "read:sessions");
  refuseKeys(actor);
  const { ids } = ReadInput.parse(given);
  return inTenant(actor, async (tx) => {
    const done = await tx
      .update(notifications)
      .set({ readAt: new Date() })
      .where(and(ofMember(actor), isNull(notifications.readAt), ids && inArray(notifications.id, ids)))
      .returning({ id: notifications.id });
    return { read: done.length };
  });
}

function refuseKeys(actor: Actor): void {
  if (actor.kind !== "member") throw new DomainError("forbidden", "Only members are told anything.");
}

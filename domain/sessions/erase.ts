import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { idempotencyKeys, media, reviews, sessionLinks, sessionRecords, sessionSearch, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";

export const DELETION_INSTRUCTIONS = ["operational_session_delete", "privacy_erasure"] as const;

export const EraseInput = z.object({
  sessionId: z.uuid(),
  /** Asked for, and answered truthfully: no face template is kept here without its session. */
  retainFace: z.boolean().default(false),
  instruction: z.enum(DELETION_INSTRUCTIONS).default("operational_session_delete"),
  /** The caller's own reference of the deletion request. */
  instructionId: z.string().max(200).optional(),
});
export type EraseInput = z.input<typeof EraseInput>;

export type FaceOutcome = "deleted" | "none" | "ineligible_no_vendor_user";

export interface ErasedSession {
  sessionId: string;
  sessionNumber: number;
  faceOutcome: FaceOutcome;
}

/**
 * Erases a session: its keys first, so that what backups still hold cannot be opened, then everything that hangs on it.
 * Clones in other applications have keys of their own and stay. Share tokens of it are then answered by 404.
 * @throws forbidden, not_found
 */
export async function eraseSession(actor: Actor, given: EraseInput): Promise<ErasedSession> {
  authorize(actor, "write:sessions");
  const input = EraseInput.parse(given);
  return inTenant(actor, async (tx) => {
    const found = await lock(tx, actor, eq(sessions.id, input.sessionId));
    if (found.length === 0) throw new DomainError("not_found", "Not found.");
    const [erased] = await eraseLocked(tx, actor, found, input);
    return erased!;
  });
}

export const EraseManyInput = z.union([
  z.object({ sessionNumbers: z.array(z.int().min(0)).max(10_000), deleteAll: z.literal(false).optional() }),
  z.object({ deleteAll: z.literal(true) }),
]);
export type EraseManyInput = z.input<typeof EraseManyInput>;

const AT_ONCE = 200;

/**
 * Erases KYC sessions by number, or all of them. Unknown numbers are skipped. Each batch is its own transaction, so that
 * a long deletion does not hold everybody else up; a repeated call goes on where one was cut off.
 * @throws forbidden
 */
export async function eraseSessions(actor: Actor, given: EraseManyInput): Promise<ErasedSession[]> {
  authorize(actor, "write:sessions");
  const input = EraseManyInput.parse(given);
  const erased: ErasedSession[] = [];
  const batch = (where: Parameters<typeof lock>[2]) =>
    inTenant(actor, async (tx) => {
      const found = await lock(tx, actor, and(eq(sessions.kind, "user"), where), AT_ONCE);
      return eraseLocked(tx, actor, found, { retainFace: false, instruction: "operational_session_delete" });
    });
  if (input.deleteAll) {
    for (;;) {
      const some = await batch(undefined);
      if (some.length === 0) return erased;
      erased.push(...some);
    }
  }
  const numbers = [...new Set(input.sessionNumbers)].sort((a, b) => a - b);
  for (let at = 0; at < numbers.length; at += AT_ONCE)
    erased.push(...(await batch(inArray(sessions.sessionNumber, numbers.slice(at, at + AT_ONCE)))));
  return erased;
}

type Found = Pick<typeof sessions.$inferSelect, "id" | "sessionNumber" | "entityId" | "kind">;

function lock(tx: Tx, actor: Actor, where: ReturnType<typeof eq> | undefined, limit = 1): Promise<Found[]> {
  return tx
    .select({
      id: sessions.id,
      sessionNumber: sessions.sessionNumber,
      entityId: sessions.entityId,
      kind: sessions.kind,
    })
    .from(sessions)
    .where(and(ownedBy(actor, sessions), where))
    .orderBy(asc(sessions.sessionNumber))
    .limit(limit)
    .for("update");
}

async function eraseLocked(
  tx: Tx,
  actor: Actor,
  found: Found[],
  how: Pick<z.output<typeof EraseInput>, "retainFace" | "instruction" | "instructionId">,
): Promise<ErasedSession[]> {
  if (found.length === 0) return [];
  const ids = found.map((session) => session.id);
  // The keys: of the records, of the media, and of answers that are kept for retries.
  const [faces] = await Promise.all([
    tx
      .delete(media)
      .where(and(ownedBy(actor, media), inArray(media.sessionId, ids)))
      .returning({ sessionId: media.sessionId, tree: media.tree }),
    tx.delete(sessionRecords).where(and(ownedBy(actor, sessionRecords), inArray(sessionRecords.sessionId, ids))),
    tx.delete(idempotencyKeys).where(and(ownedBy(actor, idempotencyKeys), inArray(idempotencyKeys.sessionId, ids))),
  ]);
  // A company keeps its links to people who are gone: that somebody stood there is part of its own record.
  await Promise.all([
    tx.delete(reviews).where(and(ownedBy(actor, reviews), inArray(reviews.sessionId, ids))),
    tx.delete(sessionSearch).where(and(ownedBy(actor, sessionSearch), inArray(sessionSearch.sessionId, ids))),
    tx.delete(sessionLinks).where(and(ownedBy(actor, sessionLinks), inArray(sessionLinks.parentSessionId, ids))),
  ]);
  await tx.delete(sessions).where(and(ownedBy(actor, sessions), inArray(sessions.id, ids)));

  const withFace = new Set(faces.filter((row) => row.tree === "biometric").map((row) => row.sessionId));
  const erased = found.map((session) => ({
    sessionId: session.id,
    sessionNumber: session.sessionNumber,
    faceOutcome: faceOutcome(how.retainFace, withFace.has(session.id), session.entityId !== null),
  }));
  await recordAudit(
    tx,
    actor,
    ...erased.map((session) => ({
      action: "session.erase" as const,
      subjectKind: "session" as const,
      subjectId: session.sessionId,
      detail: {
        session_number: session.sessionNumber,
        instruction: how.instruction,
        instruction_id: how.instructionId ?? null,
        faces: session.faceOutcome,
      },
    })),
  );
  return erased;
}

function faceOutcome(retain: boolean, hasFace: boolean, hasEntity: boolean): FaceOutcome {
  if (retain && !hasEntity) return "ineligible_no_vendor_user";
  return hasFace ? "deleted" : "none";
}

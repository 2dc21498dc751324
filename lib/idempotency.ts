import { createHash } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import type { Actor } from "@/domain/actor";
import { DomainError, invalidField } from "@/domain/errors";
import { tenantKeyRing } from "@/domain/vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "@/domain/vault/text";

/** Hours for which the first answer is replayed (IETF httpapi idempotency-key draft: the expiry must be published). */
export const IDEMPOTENCY_KEPT_FOR_HOURS = 24;

export interface Answer {
  status: number;
  body: unknown;
}

/** Somebody else's transaction stored an answer under the same key first. */
export class AnsweredElsewhere extends Error {}

export interface Idempotency {
  /** The stored answer, if this request was answered before. @throws idempotency_key_reused */
  replay(): Promise<Answer | null>;
  /** Stores the answer in the act's own transaction. @throws AnsweredElsewhere */
  remember(tx: Tx, answer: Answer): Promise<void>;
}

/** @throws invalid_input */
export function idempotencyOf(actor: Actor, key: string, route: string, body: string): Idempotency {
  if (key.length === 0 || key.length > 255) throw invalidField("Idempotency-Key", "Use between 1 and 255 characters.");
  const caller = `${actor.kind}:${actor.id}`;
  const requestDigest = createHash("sha256").update(body).digest();
  const place = `idempotency|${actor.applicationId}|${caller}|${route}|${key}`;
  const own = and(
    eq(idempotencyKeys.applicationId, actor.applicationId),
    eq(idempotencyKeys.caller, caller),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key),
  );
  const fresh = gt(idempotencyKeys.createdAt, sql`now() - make_interval(hours => ${IDEMPOTENCY_KEPT_FOR_HOURS})`);

  return {
    replay: () =>
      inTenant({ applicationId: actor.applicationId }, async (tx) => {
        const [row] = await tx.select().from(idempotencyKeys).where(and(own, fresh));
        if (!row) return null;
        if (!row.requestDigest.equals(requestDigest)) {
          throw new DomainError("idempotency_key_reused", "This Idempotency-Key was used with a different request.");
        }
        const ring = await tenantKeyRing(tx, actor.applicationId);
        return { status: row.status, body: JSON.parse(openWithOwnKey(ring, place, row.sealedAnswer).toString("utf8")) };
      }),

    async remember(tx, answer) {
      const ring = await tenantKeyRing(tx, actor.applicationId);
      const row = {
        requestDigest,
        status: answer.status,
        sessionId: sessionIdIn(answer.body),
        sealedAnswer: sealWithOwnKey(ring, place, Buffer.from(JSON.stringify(answer.body))),
        createdAt: new Date(),
      };
      const stored = await tx
        .insert(idempotencyKeys)
        .values({ applicationId: actor.applicationId, caller, route, key, ...row })
        .onConflictDoUpdate({
          target: [idempotencyKeys.applicationId, idempotencyKeys.caller, idempotencyKeys.route, idempotencyKeys.key],
          set: row,
          setWhere: sql`${idempotencyKeys.createdAt} <= now() - make_interval(hours => ${IDEMPOTENCY_KEPT_FOR_HOURS})`,
        })
        .returning({ key: idempotencyKeys.key });
      if (stored.length === 0) throw new AnsweredElsewhere();
    },
  };
}

function sessionIdIn(body: unknown): string | null {
  const id = (body as { session_id?: unknown } | null)?.session_id;
  return typeof id === "string" ? id : null;
}

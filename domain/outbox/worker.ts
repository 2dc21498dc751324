import { and, asc, eq, isNull, lte, sql } from "drizzle-orm";
import { asWorker, directory, inTenant, type Tx } from "@/db/client";
import { applications, outbox, sessions, shareTokens } from "@/db/schema";
import { type Actor, systemActor } from "../actor";
import { recordAuditOnce } from "../audit/record";
import { importOnArrival, mintOnFinish } from "../automations/run";
import { receivePullAnswer, receivePullRequest } from "../pull-requests/carry";
import { receiveDelivery, receiveRevocation, receiveToken } from "../share-inbox/carry";
import { recordTokenEvents } from "../share-tokens/ledger";
import { refusalForIssuer } from "../share-tokens/ledger-rules";
import { receiveAnswer, receiveStepRequest } from "../step-requests/carry";
import { sweepMedia } from "../vault/sweep";
import { enqueue } from "./enqueue";

type OutboxRow = typeof outbox.$inferSelect;

const BATCH = 100;
const IDLE_MS = 400;
const SWEEP_EVERY_MS = 10 * 60_000;

/**
 * Carries committed events onwards, in this process or in several: rows are leased with SKIP LOCKED, and carrying one
 * twice does no harm.
 */
export function startWorker(log: (error: unknown) => void = () => {}): { stop(): Promise<void> } {
  let running = true;
  let wake = () => {};
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    let sweptAt = 0;
    while (running) {
      try {
        const carried = await carryDue();
        if (Date.now() - sweptAt > SWEEP_EVERY_MS) {
          sweptAt = Date.now();
          await sweepMedia();
        }
        if (carried > 0) continue;
      } catch (error) {
        log(error);
      }
      if (running) await idle();
    }
  })();
  return {
    async stop() {
      running = false;
      wake();
      await loop;
    },
  };
}

const LEASE_SECONDS = 60;

/** Leases and carries one batch. Returns how many events it took. */
export async function carryDue(): Promise<number> {
  const leased = await asWorker(async (tx) => {
    const due = await tx
      .select()
      .from(outbox)
      .where(and(isNull(outbox.doneAt), lte(outbox.availableAt, sql`now()`)))
      .orderBy(asc(outbox.availableAt), asc(outbox.id))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    if (due.length > 0) {
      await tx.execute(sql`
        update ${outbox} set available_at = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
        where (application_id, id) in (${keys(due)})`);
    }
    return due;
  });
  if (leased.length === 0) return 0;

  const done: OutboxRow[] = [];
  for (const row of leased) {
    try {
      await carry(row);
      done.push(row);
    } catch (error) {
      await postpone(row, error);
    }
  }
  if (done.length > 0) {
    await asWorker((tx) =>
      tx.execute(
        sql`update ${outbox} set done_at = now(), last_error = null where (application_id, id) in (${keys(done)})`,
      ),
    );
  }
  return leased.length;
}

const keys = (rows: OutboxRow[]) =>
  sql.join(
    rows.map((row) => sql`(${row.applicationId}::uuid, ${row.id}::uuid)`),
    sql`, `,
  );

async function postpone(row: OutboxRow, error: unknown): Promise<void> {
  const seconds = Math.min(3600, 2 ** Math.min(row.attempts, 12));
  const reason = error instanceof Error ? error.name : "Error";
  await asWorker((tx) =>
    tx
      .update(outbox)
      .set({ availableAt: sql`now() + make_interval(secs => ${seconds})`, lastError: reason })
      .where(and(eq(outbox.applicationId, row.applicationId), eq(outbox.id, row.id))),
  );
}

/** A relay becomes an entry in the other application's trail, and an event for its destinations. */
async function carry(row: OutboxRow): Promise<void> {
  if (!row.toApplicationId) return;
  const [application] = await directory().select().from(applications).where(eq(applications.id, row.toApplicationId));
  if (!application) return;
  const actor = systemActor(application);
  if (row.type === "share_token.redeemed" || row.type === "share_token.refused") await tellIssuer(actor, row, row.type);
  if (row.type === "share_token.previewed") await notePreview(actor, row);
  if (row.type === "share_token.received") {
    await receiveToken(actor, row);
    await importOnArrival(actor, String(row.payload.share_token_id));
  }
  if (row.type === "status.updated") await mintOnFinish(actor, row);
  if (row.type === "share_token.delivered") await receiveDelivery(actor, row);
  if (row.type === "share_token.revoked") await receiveRevocation(actor, row);
  if (row.type === "step_request.received") await receiveStepRequest(actor, row);
  if (row.type === "step_request.answered") await receiveAnswer(actor, row);
  if (row.type === "pull_request.received") await receivePullRequest(actor, row);
  if (row.type === "pull_request.answered") await receivePullAnswer(actor, row);
  if (row.type === "source.status.updated") await tellReceiver(actor, row);
  if (row.type === "partner.relation_changed" || row.type === "partner.agreement_changed")
    await tellPartner(actor, row, row.type);
}

/** What became of the issuer's token. */
async function tellIssuer(
  actor: Actor,
  row: OutboxRow,
  action: "share_token.redeemed" | "share_token.refused",
): Promise<void> {
  await inTenant(actor, async (tx) => {
    const tokenId = String(row.payload.share_token_id);
    const token = await tokenOf(tx, actor, tokenId);
    if (!token) return;
    const at = new Date(String(row.payload.at));
    const ofToken = and(eq(shareTokens.applicationId, actor.applicationId), eq(shareTokens.id, tokenId));
    let payload = row.payload;
    let code: string | null = null;
    if (action === "share_token.redeemed") {
      // Only the application that the token was minted for can have redeemed it.
      if (token.forApplicationId !== row.applicationId) return;
      // Redeeming says so on the row at once; this is for redemptions from before it did.
      await tx
        .update(shareTokens)
        .set({ redeemedAt: at, revokedAt: null, revokedByLabel: null })
        .where(and(ofToken, isNull(shareTokens.redeemedAt)));
    } else {
      code = refusalForIssuer(String(row.payload.code), token, at);
      if (code !== row.payload.code) payload = { ...payload, reason: code };
      await tx.update(shareTokens).set({ refusedAt: at, refusedCode: code }).where(ofToken);
    }
    await recordTokenEvents(
      tx,
      actor,
      [
        {
          id: row.id,
          shareTokenId: tokenId,
          side: "issuer",
          event: action === "share_token.redeemed" ? "redeemed" : "refused",
          partnerApplicationId: row.applicationId,
          at,
          code,
        },
      ],
      "partner",
    );
    const { share_token_id: _, ...detail } = payload;
    // The entry takes the relay's id: a worker that died before marking it done carries it again, to no effect.
    const fresh = await recordAuditOnce(tx, actor, {
      id: row.id,
      action,
      subjectKind: "share_token",
      subjectId: tokenId,
      counterpartyApplicationId: row.applicationId,
      detail,
    });
    if (fresh) await enqueue(tx, actor.applicationId, { type: action, payload });
  });
}

async function tokenOf(tx: Tx, actor: Actor, tokenId: string) {
  const [token] = await tx
    .select({
      forApplicationId: shareTokens.forApplicationId,
      revokedAt: shareTokens.revokedAt,
      expiresAt: shareTokens.expiresAt,
    })
    .from(shareTokens)
    .where(and(eq(shareTokens.applicationId, actor.applicationId), eq(shareTokens.id, tokenId)));
  return token;
}

/** The receiver has looked at what the token would bring. It is in the ledger; nobody needs to be told. */
async function notePreview(actor: Actor, row: OutboxRow): Promise<void> {
  await inTenant(actor, async (tx) => {
    const tokenId = String(row.payload.share_token_id);
    const token = await tokenOf(tx, actor, tokenId);
    if (token?.forApplicationId !== row.applicationId) return;
    const at = new Date(String(row.payload.at));
    await Promise.all([
      tx
        .update(shareTokens)
        .set({ previewedAt: at })
        .where(
          and(
            eq(shareTokens.applicationId, actor.applicationId),
            eq(shareTokens.id, tokenId),
            isNull(shareTokens.previewedAt),
          ),
        ),
      recordTokenEvents(
        tx,
        actor,
        [
          {
            id: row.id,
            shareTokenId: tokenId,
            side: "issuer",
            event: "previewed",
            partnerApplicationId: row.applicationId,
            at,
          },
        ],
        "partner",
      ),
    ]);
  });
}

/** The other side has changed what the two are to each other, or what they agree on. */
async function tellPartner(
  actor: Actor,
  row: OutboxRow,
  action: "partner.relation_changed" | "partner.agreement_changed",
): Promise<void> {
  await inTenant(actor, async (tx) => {
    const { partner_application_id: _, ...detail } = row.payload;
    const fresh = await recordAuditOnce(tx, actor, {
      id: row.id,
      action,
      subjectKind: "partner",
      subjectId: row.applicationId,
      counterpartyApplicationId: row.applicationId,
      detail,
    });
    if (fresh) {
      await enqueue(tx, actor.applicationId, {
        type: action,
        payload: { partner_application_id: row.applicationId, ...detail },
      });
    }
  });
}

/** The issuer of a session that is cloned here has changed its mind: nothing here changes by that, but it must be known. */
async function tellReceiver(actor: Actor, row: OutboxRow): Promise<void> {
  await inTenant(actor, async (tx) => {
    const [clone] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          eq(sessions.applicationId, actor.applicationId),
          eq(sessions.sharedFromSession, String(row.payload.source_session_id)),
          eq(sessions.sharedFromApplication, row.applicationId),
        ),
      );
    if (!clone) return;
    const { previous_status = null, new_status = null } = row.payload;
    const fresh = await recordAuditOnce(tx, actor, {
      id: row.id,
      action: "session.source_status_changed",
      subjectKind: "session",
      subjectId: clone.id,
      counterpartyApplicationId: row.applicationId,
      detail: { source_session_id: String(row.payload.source_session_id), previous_status, new_status },
    });
    if (fresh) {
      await enqueue(tx, actor.applicationId, {
        type: "source.status.updated",
        payload: { session_id: clone.id, ...row.payload, from_application_id: row.applicationId },
      });
    }
  });
}

import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/client";
import { type outbox, pullRequests } from "@/db/schema";
import type { Actor } from "../actor";
import { recordAuditOnce } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import { relationOf } from "../partners/relate";
import { KINDS } from "../sessions/rules";
import { expireOverdue } from "./expire";
import { wanted } from "./request";
import { isPullDeclineReason, isPullReason, isReferenceKind, parseBlocks } from "./rules";

type Relay = typeof outbox.$inferSelect;

/** A partner asks for a session by a reference of ours. It is kept whether or not there is one: a person here looks. */
export async function receivePullRequest(actor: Actor, relay: Relay): Promise<void> {
  const { applicationId } = actor;
  const { payload } = relay;
  const kind = z.enum(KINDS).safeParse(payload.session_kind).data;
  const reason = payload.reason;
  if (!kind || !isReferenceKind(payload.reference_kind) || !isPullReason(reason)) return;
  const referenceKind = payload.reference_kind;
  const id = String(payload.pull_request_id);
  const blocks = parseBlocks(payload.blocks, kind);
  await inTenant(actor, async (tx) => {
    if ((await relationOf(tx, { issuer: applicationId, receiver: relay.applicationId })) !== "active") return;
    await expireOverdue(tx, applicationId);
    const written = await tx
      .insert(pullRequests)
      .values({
        applicationId,
        id,
        direction: "received",
        partnerApplicationId: relay.applicationId,
        sessionKind: kind,
        referenceKind,
        reference: String(payload.reference),
        blocks,
        reason,
        createdAt: new Date(String(payload.at)),
        expiresAt: new Date(String(payload.expires_at)),
      })
      .onConflictDoNothing()
      .returning({ id: pullRequests.id });
    if (written.length === 0) return;
    await Promise.all([
      recordAuditOnce(tx, actor, {
        id: relay.id,
        action: "pull_request.received",
        subjectKind: "pull_request",
        subjectId: id,
        counterpartyApplicationId: relay.applicationId,
        detail: { kind, reason_code: reason, ...wanted(blocks) },
      }),
      enqueue(tx, applicationId, {
        type: "pull_request.received",
        payload: {
          pull_request_id: id,
          session_kind: kind,
          reason,
          for_application_id: relay.applicationId,
          expires_at: String(payload.expires_at),
        },
      }),
    ]);
  });
}

/** The issuer has answered a request of ours. */
export async function receivePullAnswer(actor: Actor, relay: Relay): Promise<void> {
  const { applicationId } = actor;
  const id = String(relay.payload.pull_request_id);
  const { state, reason } = relay.payload;
  const shareTokenId = z.uuid().safeParse(relay.payload.share_token_id).data;
  const approved = state === "approved" && shareTokenId !== undefined;
  if (!approved && state !== "declined") return;
  await inTenant(actor, async (tx) => {
    const [changed] = await tx
      .update(pullRequests)
      .set({
        answeredAt: new Date(String(relay.payload.at)),
        ...(approved
          ? { state: "approved", shareTokenId }
          : { state: "declined", declineReason: isPullDeclineReason(reason) ? reason : "other" }),
      })
      .where(
        and(
          eq(pullRequests.applicationId, applicationId),
          eq(pullRequests.id, id),
          eq(pullRequests.direction, "sent"),
          // Approved in the last moment, it may have expired here already.
          inArray(pullRequests.state, ["open", "expired"]),
          // Nobody else can answer what was asked of this partner.
          eq(pullRequests.partnerApplicationId, relay.applicationId),
        ),
      )
      .returning();
    if (!changed) return;
    const detail = { outcome: changed.state, reason_code: changed.declineReason, share_token_id: changed.shareTokenId };
    await Promise.all([
      recordAuditOnce(tx, actor, {
        id: relay.id,
        action: "pull_request.answered",
        subjectKind: "pull_request",
        subjectId: id,
        counterpartyApplicationId: relay.applicationId,
        detail,
      }),
      enqueue(tx, applicationId, {
        type: "pull_request.answered",
        payload: {
          pull_request_id: id,
          state: changed.state,
          reason: changed.declineReason,
          share_token_id: changed.shareTokenId,
          from_application_id: relay.applicationId,
        },
      }),
    ]);
  });
}

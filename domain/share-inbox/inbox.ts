import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { shareInbox, shareTokens } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type InboxState, inboxState } from "./rules";
import { openToken } from "./token";

export interface InboxItem {
  entry: Omit<typeof shareInbox.$inferSelect, "sealedToken">;
  /** As it is now, whatever has been heard of it. */
  state: InboxState;
  issuer: ApplicationCard | null;
}

export interface InboxFilter {
  state?: InboxState;
  partnerApplicationId?: string;
}
export type InboxCursor = { arrivedAt: Date; shareTokenId: string };

/** The issuer's row of a token is shown to whom it is addressed: it says at once when the token was taken back. */
const itsToken = and(
  eq(shareTokens.applicationId, shareInbox.issuerApplicationId),
  eq(shareTokens.id, shareInbox.shareTokenId),
);

/**
 * Tokens that partners have handed over inside this installation, newest first.
 * @throws forbidden
 */
export async function listInbox(
  actor: Actor,
  filter: InboxFilter,
  after: InboxCursor | null,
  limit: number,
): Promise<{ rows: InboxItem[]; next: InboxCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const now = new Date();
    const found = await tx
      .select({ entry: shareInbox, revokedAt: shareTokens.revokedAt })
      .from(shareInbox)
      .leftJoin(shareTokens, itsToken)
      .where(
        and(
          ownedBy(actor, shareInbox),
          filter.state && inState(filter.state, now),
          filter.partnerApplicationId ? eq(shareInbox.issuerApplicationId, filter.partnerApplicationId) : undefined,
          after
            ? sql`(${shareInbox.arrivedAt}, ${shareInbox.shareTokenId}) < (${after.arrivedAt.toISOString()}::timestamptz, ${after.shareTokenId}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(shareInbox.arrivedAt), desc(shareInbox.shareTokenId))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const issuers = await applicationCards(
      page.map(({ entry }) => entry.issuerApplicationId),
      tx,
    );
    const last = page.at(-1)?.entry;
    return {
      rows: page.map(({ entry: { sealedToken: _, ...entry }, revokedAt }) => ({
        entry,
        state: inboxState(entry, revokedAt, now),
        issuer: issuers.get(entry.issuerApplicationId) ?? null,
      })),
      next: found.length > limit && last ? { arrivedAt: last.arrivedAt, shareTokenId: last.shareTokenId } : null,
    };
  });
}

function inState(state: InboxState, now: Date): SQL | undefined {
  const waiting = eq(shareInbox.state, "waiting");
  if (state === "waiting") return and(waiting, isNull(shareTokens.revokedAt), gt(shareInbox.expiresAt, now));
  if (state === "expired") {
    return or(
      inArray(shareInbox.state, [state, "revoked"]),
      and(waiting, or(isNotNull(shareTokens.revokedAt), lte(shareInbox.expiresAt, now))),
    );
  }
  return eq(shareInbox.state, state);
}

/** How many tokens wait here. @throws forbidden */
export async function countWaiting(actor: Actor): Promise<number> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(shareInbox)
      .leftJoin(shareTokens, itsToken)
      .where(and(ownedBy(actor, shareInbox), inState("waiting", new Date())));
    return row?.count ?? 0;
  });
}

export interface OpenedInboxItem extends InboxItem {
  /** Null once it waits no longer. */
  token: string | null;
}

/**
 * One token of the inbox, in clear for whoever may import. Nothing is used up by reading it.
 * @throws forbidden, not_found
 */
export async function readInboxItem(actor: Actor, input: { shareTokenId: string }): Promise<OpenedInboxItem> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const [[found], ring] = await Promise.all([
      tx
        .select({ entry: shareInbox, revokedAt: shareTokens.revokedAt })
        .from(shareInbox)
        .leftJoin(shareTokens, itsToken)
        .where(and(ownedBy(actor, shareInbox), eq(shareInbox.shareTokenId, input.shareTokenId))),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    if (!found) throw new DomainError("not_found", "Not found.");
    const { sealedToken, ...entry } = found.entry;
    const state = inboxState(entry, found.revokedAt, new Date());
    const issuers = await applicationCards([entry.issuerApplicationId], tx);
    return {
      entry,
      state,
      issuer: issuers.get(entry.issuerApplicationId) ?? null,
      token: state === "waiting" && sealedToken ? openToken(ring, entry.shareTokenId, sealedToken) : null,
    };
  });
}

/**
 * Says that a token was taken over from the inbox, which then forgets it; the token itself works on until it is redeemed or
 * expires. Acknowledging twice is the same as once.
 * @throws forbidden, not_found, transition_not_allowed (it was redeemed, taken back or has expired)
 */
export async function acknowledgeToken(
  actor: Actor,
  input: { shareTokenId: string },
): Promise<{ id: string; acknowledgedAt: Date }> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const [entry] = await tx
      .select()
      .from(shareInbox)
      .where(and(ownedBy(actor, shareInbox), eq(shareInbox.shareTokenId, input.shareTokenId)))
      .for("update");
    if (!entry) throw new DomainError("not_found", "Not found.");
    const id = entry.shareTokenId;
    if (entry.state === "acknowledged" && entry.settledAt) return { id, acknowledgedAt: entry.settledAt };
    const [token] = await tx.select({ revokedAt: shareTokens.revokedAt }).from(shareTokens).where(tokenOfEntry(entry));
    const acknowledgedAt = new Date();
    if (inboxState(entry, token?.revokedAt ?? null, acknowledgedAt) !== "waiting") {
      throw new DomainError("transition_not_allowed", "This token does not wait in the inbox any more.");
    }
    await Promise.all([
      tx
        .update(shareInbox)
        .set({ state: "acknowledged", sealedToken: null, settledAt: acknowledgedAt, settledByLabel: actor.label })
        .where(and(ownedBy(actor, shareInbox), eq(shareInbox.shareTokenId, id))),
      recordAudit(tx, actor, {
        action: "share_token.acknowledge",
        subjectKind: "share_token",
        subjectId: id,
        counterpartyApplicationId: entry.issuerApplicationId,
        detail: { source_session_id: entry.sourceSessionId },
      }),
      enqueue(tx, actor.applicationId, {
        type: "share_token.delivered",
        toApplicationId: entry.issuerApplicationId,
        payload: {
          share_token_id: id,
          hand_off: entry.handOff,
          acknowledged: true,
          at: acknowledgedAt.toISOString(),
        },
      }),
    ]);
    return { id, acknowledgedAt };
  });
}

const tokenOfEntry = (entry: typeof shareInbox.$inferSelect) =>
  and(eq(shareTokens.applicationId, entry.issuerApplicationId), eq(shareTokens.id, entry.shareTokenId));

/** A token is redeemed: the inbox forgets it, whether it was taken from there or came another way. */
export async function takeFromInbox(tx: Tx, actor: Actor, shareTokenId: string, now: Date): Promise<void> {
  await tx
    .update(shareInbox)
    .set({ state: "redeemed", sealedToken: null, settledAt: now, settledByLabel: actor.label })
    .where(
      and(
        eq(shareInbox.applicationId, actor.applicationId),
        eq(shareInbox.shareTokenId, shareTokenId),
        ne(shareInbox.state, "redeemed"),
      ),
    );
}

import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { presentedTokens, type ShareTerms, sessions, shareTokenEvents, shareTokens } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { readCards } from "../sessions/read";
import type { SessionKind } from "../sessions/rules";
import { type LedgerMark, type LedgerSide, type PresentedState, presentedState, TOKEN_EVENTS } from "./ledger-rules";
import { type ShareTokenState, shareTokenState, TTL_MAX_IN_SECONDS } from "./rules";

export interface LedgerFilter {
  side: LedgerSide;
  mark?: LedgerMark;
  partnerApplicationId?: string;
  /** Of this application: the shared session, or what a token became here. */
  session?: { id: string } | { number: number };
  /** Who minted it, or presented it first. */
  actorId?: string;
  from?: Date;
  before?: Date;
}

export interface LedgerRow {
  side: LedgerSide;
  id: string;
  state: ShareTokenState | PresentedState;
  sessionKind: SessionKind;
  /** Of this application; null when there is none, or it has been deleted since. */
  session: { id: string; number: number } | null;
  sourceSessionId: string;
  partnerApplicationId: string;
  partner: ApplicationCard | null;
  /** Minted, or first presented. */
  at: Date;
  byKind: "member" | "api_key" | "system";
  byId: string | null;
  byLabel: string;
  expiresAt: Date;
  deliveredAt: Date | null;
  previewedAt: Date | null;
  refusedAt: Date | null;
  refusedCode: string | null;
  redeemedAt: Date | null;
  revokedAt: Date | null;
  revokedByLabel: string | null;
  /** Null when everything is shared, and on the receiver's side. */
  terms: ShareTerms | null;
}

export type TokenEventRow = typeof shareTokenEvents.$inferSelect;

/** Of the last row seen. */
export type LedgerCursor = { at: Date; id: string };

/**
 * Tokens minted here, or presented here, newest first.
 * @throws forbidden
 */
export async function listLedger(
  actor: Actor,
  filter: LedgerFilter,
  after: LedgerCursor | null,
  limit: number,
): Promise<{ rows: LedgerRow[]; next: LedgerCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, (tx) => ledgerPage(tx, actor, filter, after, limit));
}

/**
 * As `listLedger`, each token with its history.
 * @throws forbidden
 */
export async function listLedgerEntries(
  actor: Actor,
  filter: LedgerFilter,
  after: LedgerCursor | null,
  limit: number,
): Promise<{ entries: LedgerEntry[]; next: LedgerCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const { rows, next } = await ledgerPage(tx, actor, filter, after, limit);
    const events = await eventsByToken(
      tx,
      actor,
      rows.map((row) => row.id),
    );
    return { entries: rows.map((row) => ({ row, events: events.get(row.id) ?? [] })), next };
  });
}

/**
 * As `listLedger`, with the names of whom the tokens are about, which the ledger itself does not hold.
 * @throws forbidden
 */
export async function listLedgerWithNames(
  actor: Actor,
  filter: LedgerFilter,
  after: LedgerCursor | null,
  limit: number,
): Promise<{ rows: (LedgerRow & { name: string | null })[]; next: LedgerCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const { rows, next } = await ledgerPage(tx, actor, filter, after, limit);
    const cards = await readCards(
      tx,
      actor,
      rows.flatMap((row) => row.session?.id ?? []),
    );
    const nameOf = (id: string | undefined) => {
      const card = id ? cards.get(id) : undefined;
      return card?.companyName ?? card?.fullName ?? null;
    };
    return { rows: rows.map((row) => ({ ...row, name: nameOf(row.session?.id) })), next };
  });
}

export async function ledgerPage(
  tx: Tx,
  actor: Actor,
  filter: LedgerFilter,
  after: LedgerCursor | null,
  limit: number,
): Promise<{ rows: LedgerRow[]; next: LedgerCursor | null }> {
  const now = new Date();
  const found =
    filter.side === "issuer"
      ? await tx
          .select(ISSUED)
          .from(shareTokens)
          .leftJoin(sessions, ofSession(shareTokens))
          .where(and(issuedWhere(actor, filter, now), before(shareTokens.issuedAt, shareTokens.id, after)))
          .orderBy(desc(shareTokens.issuedAt), desc(shareTokens.id))
          .limit(limit + 1)
      : await tx
          .select(PRESENTED)
          .from(presentedTokens)
          .leftJoin(sessions, ofSession(presentedTokens))
          .where(
            and(
              presentedWhere(actor, filter, now),
              before(presentedTokens.firstAt, presentedTokens.shareTokenId, after),
            ),
          )
          .orderBy(desc(presentedTokens.firstAt), desc(presentedTokens.shareTokenId))
          .limit(limit + 1);
  const page = found.slice(0, limit);
  const partners = await applicationCards(
    page.map((row) => row.partnerApplicationId),
    tx,
  );
  const last = page.at(-1);
  return {
    rows: page.map((row) => toRow(filter.side, row, partners, now)),
    next: found.length > limit && last ? { at: last.at, id: last.id } : null,
  };
}

/** How many tokens the filters select. */
export async function countLedger(tx: Tx, actor: Actor, filter: LedgerFilter): Promise<number> {
  const now = new Date();
  const [row] =
    filter.side === "issuer"
      ? await tx
          .select({ count: count() })
          .from(shareTokens)
          .where(issuedWhere(actor, filter, now))
      : await tx
          .select({ count: count() })
          .from(presentedTokens)
          .where(presentedWhere(actor, filter, now));
  return row?.count ?? 0;
}

export interface LedgerEntry {
  row: LedgerRow;
  events: TokenEventRow[];
}

/**
 * One token with all that is known of it here, oldest first.
 * @throws forbidden, not_found
 */
export async function readLedgerEntry(actor: Actor, shareTokenId: string): Promise<LedgerEntry> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const [[issued], [taken], events] = await Promise.all([
      tx
        .select(ISSUED)
        .from(shareTokens)
        .leftJoin(sessions, ofSession(shareTokens))
        .where(and(ownedBy(actor, shareTokens), eq(shareTokens.id, shareTokenId))),
      tx
        .select(PRESENTED)
        .from(presentedTokens)
        .leftJoin(sessions, ofSession(presentedTokens))
        .where(and(ownedBy(actor, presentedTokens), eq(presentedTokens.shareTokenId, shareTokenId))),
      eventsOf(tx, actor, [shareTokenId]),
    ]);
    const found = issued ?? taken;
    if (!found) throw new DomainError("not_found", "Not found.");
    const side = issued ? "issuer" : "receiver";
    const partners = await applicationCards(
      [found.partnerApplicationId, ...events.map((event) => event.partnerApplicationId)],
      tx,
    );
    return { row: toRow(side, found, partners, new Date()), events };
  });
}

/** Of one moment: in the order in which they can follow each other. */
const ORDER = new Map(TOKEN_EVENTS.map((event, place) => [event, place]));

export async function eventsOf(tx: Tx, actor: Actor, shareTokenIds: readonly string[]): Promise<TokenEventRow[]> {
  if (shareTokenIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(shareTokenEvents)
    .where(and(ownedBy(actor, shareTokenEvents), inArray(shareTokenEvents.shareTokenId, [...shareTokenIds])))
    .orderBy(asc(shareTokenEvents.at), asc(shareTokenEvents.id));
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime() || ORDER.get(a.event)! - ORDER.get(b.event)!);
}

/** As `eventsOf`, by token. */
export async function eventsByToken(
  tx: Tx,
  actor: Actor,
  shareTokenIds: readonly string[],
): Promise<Map<string, TokenEventRow[]>> {
  const events = new Map<string, TokenEventRow[]>(shareTokenIds.map((id) => [id, []]));
  for (const event of await eventsOf(tx, actor, shareTokenIds)) events.get(event.shareTokenId)?.push(event);
  return events;
}

export interface LedgerActor {
  id: string;
  label: string;
}

const MOST_ACTORS = 200;

/**
 * Whoever has minted or presented tokens here: by jumps from one to the next in the index, not by reading every token.
 * @throws forbidden
 */
export async function ledgerActors(actor: Actor, side: LedgerSide): Promise<LedgerActor[]> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  const [table, id, label, at] =
    side === "issuer"
      ? ([sql`share_tokens`, sql`minted_by_id`, sql`minted_by_label`, sql`issued_at`] as const)
      : ([sql`presented_tokens`, sql`presented_by_id`, sql`presented_by_label`, sql`first_at`] as const);
  const own = sql`application_id = ${actor.applicationId}::uuid`;
  return inTenant(actor, async (tx) => [
    ...(await tx.execute<{ id: string; label: string }>(sql`
      with recursive found(id) as (
        (select ${id} from ${table} where ${own} and ${id} is not null order by ${id} limit 1)
        union all
        select (select ${id} from ${table} where ${own} and ${id} > found.id order by ${id} limit 1)
        from found where found.id is not null
      )
      select found.id,
        (select ${label} from ${table} where ${own} and ${id} = found.id order by ${at} desc limit 1) as label
      from found where found.id is not null order by 2 limit ${MOST_ACTORS}`)),
  ]);
}

/** Open tokens for a partner, or of a session: what revoking them would end. @throws forbidden */
export async function countOpenTokens(
  actor: Actor,
  of: { partnerApplicationId: string } | { sessionId: string },
): Promise<number> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, (tx) =>
    tx.$count(
      shareTokens,
      and(
        ownedBy(actor, shareTokens),
        isNull(shareTokens.redeemedAt),
        isNull(shareTokens.revokedAt),
        gt(shareTokens.expiresAt, new Date()),
        "sessionId" in of
          ? eq(shareTokens.sessionId, of.sessionId)
          : eq(shareTokens.forApplicationId, of.partnerApplicationId),
      ),
    ),
  );
}

const ofSession = (table: typeof shareTokens | typeof presentedTokens) =>
  and(eq(sessions.applicationId, table.applicationId), eq(sessions.id, table.sessionId));

const nothing = <T>() => sql<T | null>`null`;

const ISSUED = {
  id: shareTokens.id,
  sessionKind: shareTokens.sessionKind,
  sessionId: sessions.id,
  sessionNumber: sessions.sessionNumber,
  sourceSessionId: shareTokens.sessionId,
  partnerApplicationId: shareTokens.forApplicationId,
  at: shareTokens.issuedAt,
  byKind: shareTokens.mintedByKind,
  byId: shareTokens.mintedById,
  byLabel: shareTokens.mintedByLabel,
  expiresAt: shareTokens.expiresAt,
  deliveredAt: shareTokens.deliveredAt,
  previewedAt: shareTokens.previewedAt,
  refusedAt: shareTokens.refusedAt,
  refusedCode: shareTokens.refusedCode,
  redeemedAt: shareTokens.redeemedAt,
  revokedAt: shareTokens.revokedAt,
  revokedByLabel: shareTokens.revokedByLabel,
  terms: shareTokens.terms,
};

const PRESENTED = {
  id: presentedTokens.shareTokenId,
  sessionKind: presentedTokens.sessionKind,
  sessionId: sessions.id,
  sessionNumber: sessions.sessionNumber,
  sourceSessionId: presentedTokens.sourceSessionId,
  partnerApplicationId: presentedTokens.sourceApplicationId,
  at: presentedTokens.firstAt,
  byKind: presentedTokens.presentedByKind,
  byId: presentedTokens.presentedById,
  byLabel: presentedTokens.presentedByLabel,
  expiresAt: presentedTokens.expiresAt,
  deliveredAt: nothing<Date>(),
  previewedAt: presentedTokens.previewedAt,
  refusedAt: presentedTokens.refusedAt,
  refusedCode: presentedTokens.refusedCode,
  redeemedAt: presentedTokens.redeemedAt,
  revokedAt: nothing<Date>(),
  revokedByLabel: nothing<string>(),
  terms: nothing<ShareTerms>(),
};

type Found = Omit<LedgerRow, "side" | "state" | "session" | "partner"> & {
  sessionId: string | null;
  sessionNumber: number | null;
};

function toRow(
  side: LedgerSide,
  { sessionId, sessionNumber, ...row }: Found,
  partners: ReadonlyMap<string, ApplicationCard>,
  now: Date,
): LedgerRow {
  return {
    ...row,
    side,
    state: side === "issuer" ? shareTokenState(row, now) : presentedState(row, now),
    session: sessionId !== null && sessionNumber !== null ? { id: sessionId, number: sessionNumber } : null,
    partner: partners.get(row.partnerApplicationId) ?? null,
  };
}

type Column = typeof shareTokens.issuedAt | typeof presentedTokens.firstAt;
type IdColumn = typeof shareTokens.id | typeof presentedTokens.shareTokenId;

const before = (at: Column, id: IdColumn, after: LedgerCursor | null) =>
  after ? sql`(${at}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)` : undefined;

const isSession = (
  actor: Actor,
  column: typeof shareTokens.sessionId | typeof presentedTokens.sessionId,
  of: LedgerFilter["session"],
) =>
  of &&
  ("id" in of
    ? eq(column, of.id)
    : sql`${column} = (select s.id from sessions s where s.application_id = ${actor.applicationId}::uuid and s.session_number = ${of.number})`);

function issuedWhere(actor: Actor, filter: LedgerFilter, now: Date): SQL | undefined {
  return and(
    ownedBy(actor, shareTokens),
    filter.mark && issuedMark(filter.mark, now),
    filter.partnerApplicationId ? eq(shareTokens.forApplicationId, filter.partnerApplicationId) : undefined,
    filter.actorId ? eq(shareTokens.mintedById, filter.actorId) : undefined,
    isSession(actor, shareTokens.sessionId, filter.session),
    filter.from && gte(shareTokens.issuedAt, filter.from),
    filter.before && lt(shareTokens.issuedAt, filter.before),
  );
}

function issuedMark(mark: LedgerMark, now: Date): SQL | undefined {
  const open = and(isNull(shareTokens.redeemedAt), isNull(shareTokens.revokedAt));
  // No token lives longer, so no older one is walked past.
  const young = gt(shareTokens.issuedAt, new Date(now.getTime() - TTL_MAX_IN_SECONDS * 1000));
  const marks: Partial<Record<LedgerMark, SQL | undefined>> = {
    active: and(open, gt(shareTokens.expiresAt, now), young),
    expired: and(open, lte(shareTokens.expiresAt, now)),
    redeemed: isNotNull(shareTokens.redeemedAt),
    revoked: isNotNull(shareTokens.revokedAt),
    was_delivered: isNotNull(shareTokens.deliveredAt),
    was_previewed: isNotNull(shareTokens.previewedAt),
    was_refused: isNotNull(shareTokens.refusedAt),
  };
  return marks[mark] ?? sql`false`;
}

function presentedWhere(actor: Actor, filter: LedgerFilter, now: Date): SQL | undefined {
  return and(
    ownedBy(actor, presentedTokens),
    filter.mark && presentedMark(filter.mark, now),
    filter.partnerApplicationId ? eq(presentedTokens.sourceApplicationId, filter.partnerApplicationId) : undefined,
    filter.actorId ? eq(presentedTokens.presentedById, filter.actorId) : undefined,
    isSession(actor, presentedTokens.sessionId, filter.session),
    filter.from && gte(presentedTokens.firstAt, filter.from),
    filter.before && lt(presentedTokens.firstAt, filter.before),
  );
}

function presentedMark(mark: LedgerMark, now: Date): SQL | undefined {
  const looked = and(isNull(presentedTokens.redeemedAt), isNull(presentedTokens.refusedAt));
  const marks: Partial<Record<LedgerMark, SQL | undefined>> = {
    previewed: and(looked, gt(presentedTokens.expiresAt, now)),
    expired: and(looked, lte(presentedTokens.expiresAt, now)),
    refused: and(isNull(presentedTokens.redeemedAt), isNotNull(presentedTokens.refusedAt)),
    redeemed: isNotNull(presentedTokens.redeemedAt),
    was_previewed: isNotNull(presentedTokens.previewedAt),
    was_refused: isNotNull(presentedTokens.refusedAt),
  };
  return marks[mark] ?? sql`false`;
}

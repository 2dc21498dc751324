import { type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { imports, sessions, shareInbox, shareTokens } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession } from "../actor";
import { TOOK, type Took } from "../imports/outcomes";
import { COUNT_CEILING } from "../sessions/list";
import { TTL_MAX_IN_SECONDS } from "../share-tokens/rules";
import { type Agreement, agreementsOf, type Outcome, type PartnerSeries, seriesOf, totalsOf } from "./rules";

/** Seconds; null where nothing has happened yet. */
export type Seconds = number | null;

export interface Overview {
  /** Nothing has been verified, shared or imported here yet. */
  isNew: boolean;
  partners: ReadonlyMap<string, ApplicationCard>;
  shares: {
    minted: number;
    redeemed: number;
    /** From the mint to the redemption. */
    median: Seconds;
    series: PartnerSeries[];
  };
  imports: {
    imported: number;
    /** The issuer's decision was kept, or one was made here. */
    settled: number;
    /** Decided here. */
    decided: number;
    trusted: number;
    reviewed: number;
    reviewedSettled: number;
    series: PartnerSeries[];
    /** From the import to the first decision here. */
    time: { median: Seconds; p90: Seconds; spread: { took: Took; count: number }[] };
    agreements: Agreement[];
  };
  open: { tokens: number; soonest: { id: string; partnerApplicationId: string; expiresAt: Date }[]; inbox: number };
  /** Not counted beyond a ceiling: then it is that many or more. */
  waiting: { all: number; imported: number; oldest: Date | null; exact: boolean };
}

const SOONEST = 5;

/**
 * What happened between two moments, and what is open now.
 * @param edges where each stretch of time begins, in order, and where the last one ends
 * @throws forbidden
 */
export async function readOverview(actor: Actor, edges: readonly Date[]): Promise<Overview> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  const scope = { own: sql`application_id = ${actor.applicationId}::uuid`, edges };
  return inTenant(actor, async (tx) => {
    const [minted, redeemed, arrived, outcomes, times, open, soonest, waiting, any] = await Promise.all([
      mintedBy(tx, scope),
      redemptions(tx, scope),
      importedBy(tx, scope),
      outcomesOf(tx, scope),
      timesOf(tx, scope),
      openTokens(tx, scope),
      soonestTokens(tx, scope),
      waitingSessions(tx, scope),
      anything(tx, scope),
    ]);
    const buckets = edges.length - 1;
    const shares = seriesOf(minted, buckets);
    const taken = seriesOf(arrived, buckets);
    const agreements = agreementsOf(outcomes);
    const partners = await applicationCards(
      [...new Set([...shares, ...taken, ...agreements, ...soonest].map((one) => one.partnerApplicationId))],
      tx,
    );
    return {
      isNew: !any,
      partners,
      shares: { minted: shares.reduce((sum, one) => sum + one.total, 0), ...redeemed, series: shares },
      imports: { ...totalsOf(outcomes), series: taken, time: times, agreements },
      open: { ...open, soonest },
      waiting,
    };
  });
}

interface Scope {
  own: SQL;
  edges: readonly Date[];
}

const moment = (at: Date) => sql`${at.toISOString()}::timestamptz`;

const within = (column: SQL, { edges }: Scope) =>
  sql`${column} >= ${moment(edges[0]!)} and ${column} < ${moment(edges.at(-1)!)}`;

/** Which stretch of time, counted from 0. */
const bucketOf = (column: SQL, { edges }: Scope) =>
  sql`width_bucket(${column}, array[${sql.join(edges.slice(0, -1).map(moment), sql`, `)}]) - 1`;

type Counted = { partner: string; bucket: number; count: number };

async function mintedBy(tx: Tx, scope: Scope): Promise<Counted[]> {
  const at = sql`issued_at`;
  return tx.execute<Counted & Record<string, unknown>>(sql`
    select for_application_id as partner, ${bucketOf(at, scope)} as bucket, count(*)::int as count
    from ${shareTokens} where ${scope.own} and ${within(at, scope)} group by 1, 2`);
}

async function importedBy(tx: Tx, scope: Scope): Promise<Counted[]> {
  const at = sql`imported_at`;
  return tx.execute<Counted & Record<string, unknown>>(sql`
    select source_application_id as partner, ${bucketOf(at, scope)} as bucket, count(*)::int as count
    from ${imports} where ${scope.own} and ${within(at, scope)} group by 1, 2`);
}

/** Of the tokens minted in the time. */
async function redemptions(tx: Tx, scope: Scope): Promise<{ redeemed: number; median: Seconds }> {
  const [row] = await tx.execute<{ redeemed: number; median: number | null }>(sql`
    select count(*)::int as redeemed,
      percentile_cont(0.5) within group (order by extract(epoch from redeemed_at - issued_at)::float8) as median
    from ${shareTokens} where ${scope.own} and redeemed_at is not null and ${within(sql`issued_at`, scope)}`);
  return { redeemed: row?.redeemed ?? 0, median: row?.median ?? null };
}

async function outcomesOf(tx: Tx, scope: Scope): Promise<Outcome[]> {
  return tx.execute<Outcome & Record<string, unknown>>(sql`
    select source_application_id as partner, trust_effective as trusted, source_status as said, landing_status as landed,
      decision as decided, count(*)::int as count
    from ${imports} where ${scope.own} and ${within(sql`imported_at`, scope)} group by 1, 2, 3, 4, 5`);
}

async function timesOf(tx: Tx, scope: Scope): Promise<Overview["imports"]["time"]> {
  const [row] = await tx.execute<{ median: number | null; p90: number | null; spread: number[] }>(sql`
    select percentile_cont(0.5) within group (order by seconds) as median,
      percentile_cont(0.9) within group (order by seconds) as p90,
      array[${sql.join(
        TOOK.map(({ from }, place) => {
          const next = TOOK[place + 1];
          const isFrom = sql`seconds >= ${from}`;
          return sql`count(*) filter (where ${next ? sql`${isFrom} and seconds < ${next.from}` : isFrom})::int`;
        }),
        sql`, `,
      )}] as spread
    from (select extract(epoch from decided_at - imported_at)::float8 as seconds from ${imports}
      where ${scope.own} and decided_at is not null and ${within(sql`imported_at`, scope)}) decided`);
  return {
    median: row?.median ?? null,
    p90: row?.p90 ?? null,
    spread: TOOK.map(({ key }, place) => ({ took: key, count: row?.spread[place] ?? 0 })),
  };
}

/** Tokens that can still be redeemed: no token lives for more than a day. */
const openOf = ({ own }: Scope) =>
  sql`${own} and redeemed_at is null and revoked_at is null and expires_at > now()
    and issued_at > now() - make_interval(secs => ${TTL_MAX_IN_SECONDS})`;

async function openTokens(tx: Tx, scope: Scope): Promise<{ tokens: number; inbox: number }> {
  const [row] = await tx.execute<{ tokens: number; inbox: number }>(sql`
    select (select count(*)::int from ${shareTokens} where ${openOf(scope)}) as tokens,
      (select count(*)::int from ${shareInbox} i
        left join lateral (select revoked_at from ${shareTokens} where application_id = i.issuer_application_id and id = i.share_token_id) t on true
        where i.${scope.own} and i.state = 'waiting' and i.expires_at > now() and t.revoked_at is null) as inbox`);
  return row!;
}

async function soonestTokens(tx: Tx, scope: Scope): Promise<Overview["open"]["soonest"]> {
  const rows = await tx.execute<{ id: string; partner: string; expires_at: string | Date }>(sql`
    select id, for_application_id as partner, expires_at from ${shareTokens}
    where ${openOf(scope)} order by expires_at, id limit ${SOONEST}`);
  return rows.map((row) => ({
    id: row.id,
    partnerApplicationId: row.partner,
    expiresAt: new Date(row.expires_at),
  }));
}

async function waitingSessions(tx: Tx, { own }: Scope): Promise<Overview["waiting"]> {
  const inReview = sql`${own} and status = 'In Review'`;
  const [row] = await tx.execute<{ all: number; imported: number; oldest: string | Date | null }>(sql`
    select (select count(*)::int from (select from ${sessions} where ${inReview} limit ${COUNT_CEILING + 1}) counted) as "all",
      (select count(*)::int from (select from ${sessions}
        where ${inReview} and shared_from_session is not null limit ${COUNT_CEILING + 1}) counted) as imported,
      (select created_at from ${sessions} where ${inReview} order by session_number limit 1) as oldest`);
  const { all, imported, oldest } = row!;
  return {
    all: Math.min(all, COUNT_CEILING),
    imported: Math.min(imported, COUNT_CEILING),
    oldest: oldest === null ? null : new Date(oldest),
    exact: all <= COUNT_CEILING,
  };
}

async function anything(tx: Tx, { own }: Scope): Promise<boolean> {
  const [row] = await tx.execute<{ any: boolean }>(sql`
    select exists (select from ${sessions} where ${own}) or exists (select from ${shareTokens} where ${own})
      or exists (select from ${imports} where ${own}) or exists (select from ${shareInbox} where ${own}) as any`);
  return row?.any ?? false;
}

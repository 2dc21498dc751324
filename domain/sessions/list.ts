import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { sessionSearch, sessions, workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { blindIndexer } from "../vault/blind-index";
import { tenantKeyRing } from "../vault/tenant-keys";
import type { Card } from "./card";
import { type SessionRow, sessionColumns } from "./decision-view";
import { readCards } from "./read";
import { KINDS, SESSION_STATUSES } from "./rules";
import { sessionTokenFor } from "./token";

export const SessionFilter = z.object({
  kind: z.enum(KINDS).optional(),
  statuses: z.array(z.enum(SESSION_STATUSES)).max(SESSION_STATUSES.length).optional(),
  origin: z.enum(["native", "imported"]).optional(),
  partnerApplicationId: z.uuid().optional(),
  workflowId: z.uuid().optional(),
  /** Alpha-3 of a document or alpha-2 of a registry, as stored. */
  country: z
    .string()
    .regex(/^[A-Z]{2,3}$/)
    .optional(),
  vendorData: z.string().max(255).optional(),
  createdFrom: z.date().optional(),
  createdBefore: z.date().optional(),
  /** Name words, a document number, an e-mail, a phone number, a session number or id, or the exact vendor_data. */
  search: z.string().trim().max(200).optional(),
});
export type SessionFilter = z.infer<typeof SessionFilter>;

export interface SessionListRow {
  session: SessionRow;
  card: Card | null;
  workflowLabel: string | null;
  /** Only in the API's list. */
  token?: string | null;
}

export interface SessionPage {
  rows: SessionListRow[];
  /** Session numbers to continue from; null at the end. */
  older: number | null;
  newer: number | null;
}

export type Position = { before?: number } | { after?: number };

/**
 * Newest first, by keyset on the session number.
 * @throws forbidden
 */
export async function listSessions(
  actor: Actor,
  filter: SessionFilter,
  position: Position,
  limit: number,
): Promise<SessionPage> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const backwards = "after" in position && position.after !== undefined;
    const edge = backwards
      ? sql`${sessions.sessionNumber} > ${position.after}`
      : "before" in position && position.before !== undefined
        ? lt(sessions.sessionNumber, position.before)
        : undefined;
    const found = await tx
      .select({ session: sessionColumns, workflowLabel: workflows.label })
      .from(sessions)
      .leftJoin(
        workflows,
        and(eq(workflows.applicationId, sessions.applicationId), eq(workflows.id, sessions.workflowId)),
      )
      .where(and(await conditions(tx, actor, filter), edge))
      .orderBy(backwards ? asc(sessions.sessionNumber) : desc(sessions.sessionNumber))
      .limit(limit + 1);
    const more = found.length > limit;
    const page = found.slice(0, limit);
    if (backwards) page.reverse();
    const cards = await readCards(
      tx,
      actor,
      page.map((row) => row.session.id),
    );
    const numbers = page.map((row) => row.session.sessionNumber);
    const fromStart = !backwards && !("before" in position && position.before !== undefined);
    return {
      rows: page.map((row) => ({ ...row, card: cards.get(row.session.id) ?? null })),
      older: (backwards ? page.length > 0 : more) ? numbers.at(-1)! : null,
      newer: (backwards ? more : !fromStart && page.length > 0) ? numbers[0]! : null,
    };
  });
}

/** Contract section 0.6: how many KYB rows are counted at most. */
export const BUSINESS_COUNT_CAP = 100;

export interface OffsetPage {
  limit: number;
  offset: number;
  /** The last session number of the page before: the page then starts there, whatever the offset. */
  cursor?: number;
}

/**
 * The same list as the contract pages it (section 0.6): exact count of KYC sessions, at most 100 of KYB. The rows of a
 * page are found in an index alone before any is read; a cursor finds them without walking over those before.
 * @throws forbidden
 */
export async function listSessionsByOffset(
  actor: Actor,
  filter: SessionFilter,
  page: OffsetPage,
): Promise<{ count: number; rows: SessionListRow[]; hasMore: boolean; cursor: number | null }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const where = await conditions(tx, actor, filter);
    const numbers = tx
      .select({ number: sessions.sessionNumber })
      .from(sessions)
      .where(and(where, page.cursor === undefined ? undefined : lt(sessions.sessionNumber, page.cursor)))
      .orderBy(desc(sessions.sessionNumber))
      .limit(page.limit + 1)
      .offset(page.cursor === undefined ? page.offset : 0)
      .as("numbers");
    const some = tx.select({ one: sql`1` }).from(sessions).where(where);
    const counted = (filter.kind === "business" ? some.limit(BUSINESS_COUNT_CAP) : some).as("some");
    const [[total], found, ring] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(counted),
      tx
        .select({ session: sessionColumns, sealedToken: sessions.sealedToken, workflowLabel: workflows.label })
        .from(numbers)
        .innerJoin(sessions, and(ownedBy(actor, sessions), eq(sessions.sessionNumber, numbers.number)))
        .leftJoin(
          workflows,
          and(eq(workflows.applicationId, sessions.applicationId), eq(workflows.id, sessions.workflowId)),
        )
        .orderBy(desc(sessions.sessionNumber)),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    const shown = found.slice(0, page.limit);
    const cards = await readCards(
      tx,
      actor,
      shown.map((row) => row.session.id),
    );
    return {
      count: total?.count ?? 0,
      rows: shown.map(({ sealedToken, ...row }) => ({
        ...row,
        token: sessionTokenFor(actor, ring, row.session.id, sealedToken),
        card: cards.get(row.session.id) ?? null,
      })),
      hasMore: found.length > page.limit,
      cursor: shown.at(-1)?.session.sessionNumber ?? null,
    };
  });
}

/** Counting stops here: beyond it a console needs "more than", not the number. */
export const COUNT_CEILING = 10_000;

/** @throws forbidden */
export async function countSessions(
  actor: Actor,
  filter: SessionFilter,
  ceiling = COUNT_CEILING,
): Promise<{ count: number; exact: boolean }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const some = tx
      .select({ one: sql`1` })
      .from(sessions)
      .where(await conditions(tx, actor, filter))
      .limit(ceiling + 1)
      .as("some");
    const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(some);
    const count = row?.count ?? 0;
    return { count: Math.min(count, ceiling), exact: count <= ceiling };
  });
}

/** The values that the filters offer: countries, and partners sessions came from. */
export async function sessionFacets(actor: Actor): Promise<{ countries: string[]; partnerApplicationIds: string[] }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    // Loose index scans: a hundred distinct values cost a hundred probes, however many sessions there are.
    const distinct = async (column: SQL) =>
      (
        await tx.execute<{ value: string }>(sql`
          with recursive v(value) as (
            (select ${column} as value from ${sessions} where application_id = ${actor.applicationId}::uuid and ${column} is not null order by 1 limit 1)
            union all
            select (select ${column} from ${sessions} where application_id = ${actor.applicationId}::uuid and ${column} > v.value order by 1 limit 1)
            from v where v.value is not null)
          select value::text from v where value is not null limit 300`)
      ).map((row) => row.value);
    const [countries, partnerApplicationIds] = await Promise.all([
      distinct(sql`country`),
      distinct(sql`shared_from_application`),
    ]);
    return { countries, partnerApplicationIds };
  });
}

async function conditions(tx: Tx, actor: Actor, filter: SessionFilter): Promise<SQL | undefined> {
  return and(
    ownedBy(actor, sessions),
    filter.kind ? eq(sessions.kind, filter.kind) : undefined,
    filter.statuses && filter.statuses.length > 0 ? inArray(sessions.status, filter.statuses) : undefined,
    filter.origin === "native" ? isNull(sessions.sharedFromSession) : undefined,
    filter.origin === "imported" ? isNotNull(sessions.sharedFromSession) : undefined,
    filter.partnerApplicationId ? eq(sessions.sharedFromApplication, filter.partnerApplicationId) : undefined,
    filter.workflowId ? eq(sessions.workflowId, filter.workflowId) : undefined,
    filter.country ? eq(sessions.country, filter.country) : undefined,
    filter.vendorData !== undefined ? eq(sessions.vendorData, filter.vendorData) : undefined,
    filter.createdFrom ? gte(sessions.createdAt, filter.createdFrom) : undefined,
    filter.createdBefore ? lt(sessions.createdAt, filter.createdBefore) : undefined,
    filter.search ? await matches(tx, actor, filter.search) : undefined,
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function matches(tx: Tx, actor: Actor, typed: string): Promise<SQL> {
  if (UUID.test(typed)) return sql`(${sessions.id} = ${typed}::uuid or ${sessions.sharedFromSession} = ${typed}::uuid)`;
  const own = sql`application_id = ${actor.applicationId}::uuid`;
  const words = blindIndexer(await tenantKeyRing(tx, actor.applicationId)).query(typed);
  const perWord = words.map(
    (terms) =>
      sql`select session_number from ${sessionSearch} where ${own} and term in (${sql.join(
        terms.map((term) => sql`${term}::bytea`),
        sql`, `,
      )})`,
  );
  const sources: SQL[] = [sql`select session_number from ${sessions} where ${own} and vendor_data = ${typed}`];
  if (perWord.length > 0 && words.every((terms) => terms.length > 0))
    sources.push(sql`(${sql.join(perWord, sql` intersect `)})`);
  const number = /^#?(\d{1,12})$/.exec(typed)?.[1];
  if (number)
    sources.push(sql`select session_number from ${sessions} where ${own} and session_number = ${Number(number)}`);
  // An array is found first and looked up then. Of a subquery the planner guesses that it holds much, and walks the whole
  // application, newest first, in search of the few that match.
  return sql`${sessions.sessionNumber} = any(array(${sql.join(sources, sql` union `)}))`;
}

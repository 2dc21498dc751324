import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { entities, entitySearch, sessionSearch, sessions } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { KINDS } from "../sessions/rules";
import { blindIndexer } from "../vault/blind-index";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type EntityView, viewsOf } from "./read";
import { ENTITY_STATUSES, readPrivilege } from "./rules";

export const EntityFilter = z.object({
  kind: z.enum(KINDS),
  statuses: z.array(z.enum(ENTITY_STATUSES)).max(ENTITY_STATUSES.length).optional(),
  /** The exact vendor_data, words of a name, a document or company number, an e-mail or a phone number. */
  search: z.string().trim().max(200).optional(),
  /** As their documents or registries say it. */
  country: z
    .string()
    .regex(/^[A-Z]{2,3}$/)
    .optional(),
  /** When something was last heard of them. */
  activeFrom: z.date().optional(),
  activeBefore: z.date().optional(),
});
export type EntityFilter = z.infer<typeof EntityFilter>;

/** Counting goes on to here (contract section 0.6); beyond it, follow the pages. */
export const COUNT_CAP = 100;

/**
 * The last to have done something first, by offset as the contract pages it.
 * @throws forbidden
 */
export async function listEntitiesByOffset(
  actor: Actor,
  filter: EntityFilter,
  page: { limit: number; offset: number },
): Promise<{ count: number; hasMore: boolean; views: EntityView[] }> {
  authorize(actor, readPrivilege(filter.kind));
  return inTenant(actor, async (tx) => {
    const where = await conditions(tx, actor, filter);
    const some = tx.select({ one: sql`1` }).from(entities).where(where).limit(COUNT_CAP).as("some");
    const [[counted], rows] = await Promise.all([
      tx.select({ count: sql<number>`count(*)::int` }).from(some),
      tx
        .select()
        .from(entities)
        .where(where)
        .orderBy(desc(entities.lastActivityAt), desc(entities.id))
        .limit(page.limit + 1)
        .offset(page.offset),
    ]);
    const views = await viewsOf(tx, actor, rows.slice(0, page.limit));
    return { count: counted?.count ?? 0, hasMore: rows.length > page.limit, views };
  });
}

/** Where a page of the console's list ends: the moment of the last activity, and the id among those of that moment. */
export const EntityPosition = z.string().regex(/^\d{1,15}_[0-9a-f-]{36}$/);

/**
 * The same list by keyset.
 * @throws forbidden
 */
export async function listEntities(
  actor: Actor,
  filter: EntityFilter,
  after: string | null,
  limit: number,
): Promise<{ views: EntityView[]; next: string | null }> {
  authorize(actor, readPrivilege(filter.kind));
  return inTenant(actor, async (tx) => {
    const [moment, id] = after?.split("_") ?? [];
    const beyond =
      moment && id
        ? sql`(${entities.lastActivityAt}, ${entities.id}) < (${new Date(Number(moment)).toISOString()}::timestamptz, ${id}::uuid)`
        : undefined;
    const rows = await tx
      .select()
      .from(entities)
      .where(and(await conditions(tx, actor, filter), beyond))
      .orderBy(desc(entities.lastActivityAt), desc(entities.id))
      .limit(limit + 1);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      views: await viewsOf(tx, actor, rows.slice(0, limit)),
      next: last ? `${last.lastActivityAt.getTime()}_${last.id}` : null,
    };
  });
}

/**
 * The countries that the filter offers.
 * @throws forbidden
 */
export async function entityCountries(actor: Actor, kind: EntityFilter["kind"]): Promise<string[]> {
  authorize(actor, readPrivilege(kind));
  return inTenant(actor, async (tx) => {
    // A loose index scan over sessions_by_country: a probe per country, however many sessions there are.
    const rows = await tx.execute<{ value: string }>(sql`
      with recursive v(value) as (
        (select country as value from ${sessions} where application_id = ${actor.applicationId}::uuid and country is not null order by 1 limit 1)
        union all
        select (select country from ${sessions} where application_id = ${actor.applicationId}::uuid and country > v.value order by 1 limit 1)
        from v where v.value is not null)
      select value from v where value is not null limit 300`);
    // Documents have alpha-3, registries alpha-2.
    return rows.map((row) => row.value).filter((code) => code.length === (kind === "business" ? 2 : 3));
  });
}

async function conditions(tx: Tx, actor: Actor, filter: EntityFilter): Promise<SQL | undefined> {
  const own = sql`application_id = ${actor.applicationId}::uuid`;
  return and(
    ownedBy(actor, entities),
    eq(entities.kind, filter.kind),
    filter.statuses && filter.statuses.length > 0
      ? sql`${entities.status} in (${sql.join(
          filter.statuses.map((status) => sql`${status}`),
          sql`, `,
        )})`
      : undefined,
    filter.country
      ? sql`(${entities.countryCode} = ${filter.country} or ${entities.id} in (
          select entity_id from ${sessions} where ${own} and country = ${filter.country} and entity_id is not null))`
      : undefined,
    filter.activeFrom ? gte(entities.lastActivityAt, filter.activeFrom) : undefined,
    filter.activeBefore ? lt(entities.lastActivityAt, filter.activeBefore) : undefined,
    filter.search ? await matches(tx, actor, filter.search) : undefined,
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function matches(tx: Tx, actor: Actor, typed: string): Promise<SQL> {
  const own = sql`application_id = ${actor.applicationId}::uuid`;
  const sources: SQL[] = [sql`${entities.vendorData} = ${typed}`];
  if (UUID.test(typed)) sources.push(sql`${entities.id} = ${typed}::uuid`);
  const words = blindIndexer(await tenantKeyRing(tx, actor.applicationId)).query(typed);
  if (words.length > 0 && words.every((terms) => terms.length > 0)) {
    const having = (column: SQL, table: SQL) =>
      sql.join(
        words.map(
          (terms) =>
            sql`select ${column} from ${table} where ${own} and term in (${sql.join(
              terms.map((term) => sql`${term}::bytea`),
              sql`, `,
            )})`,
        ),
        sql` intersect `,
      );
    sources.push(
      sql`${entities.id} in (${having(sql`entity_id`, sql`${entitySearch}`)})`,
      sql`${entities.id} in (select entity_id from ${sessions} where ${own} and entity_id is not null
        and session_number in (${having(sql`session_number`, sql`${sessionSearch}`)}))`,
    );
  }
  return sql`(${sql.join(sources, sql` or `)})`;
}

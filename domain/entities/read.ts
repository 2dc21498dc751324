import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { entities, entityChanges, sessionRecords, sessions, workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import type { Card } from "../sessions/card";
import { RecordOpener } from "../sessions/record";
import type { SessionKind } from "../sessions/rules";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { openProfile, openReason } from "./profile";
import { type Profile, readPrivilege } from "./rules";
import type { EntityRow } from "./status";

/** A person or company with what their sessions say of them. */
export interface EntityView {
  entity: Omit<EntityRow, "sealedProfile">;
  profile: Profile;
  sessionCount: number;
  approvedCount: number;
  declinedCount: number;
  inReviewCount: number;
  firstSessionAt: Date | null;
  lastSessionAt: Date | null;
  /** From documents and registries. */
  countries: string[];
  fullName: string | null;
  dateOfBirth: string | null;
  registrationNumber: string | null;
  emails: string[];
  phones: string[];
  portrait: { sessionId: string; reference: string } | null;
  /** The newest status of each check. */
  features: Record<string, string>;
}

export interface EntityChange {
  id: string;
  previousStatus: string;
  newStatus: string;
  reason: string | null;
  actorKind: string;
  actorLabel: string;
  at: Date;
}

/** So many of an entity's newest sessions are opened for its names and addresses. */
const OPENED_PER_ENTITY = 10;

/** @throws forbidden, not_found */
export async function readEntity(actor: Actor, kind: SessionKind, vendorData: string): Promise<EntityView> {
  authorize(actor, readPrivilege(kind));
  return inTenant(actor, (tx) => loadEntity(tx, actor, kind, { vendorData }));
}

/** By the application's own reference, or by its id here. */
export type EntityReference = { vendorData: string } | { id: string };

/** @throws not_found */
export async function loadEntity(tx: Tx, actor: Actor, kind: SessionKind, which: EntityReference): Promise<EntityView> {
  const [row] = await tx
    .select()
    .from(entities)
    .where(
      and(
        ownedBy(actor, entities),
        eq(entities.kind, kind),
        "id" in which ? eq(entities.id, which.id) : eq(entities.vendorData, which.vendorData),
      ),
    );
  if (!row) throw new DomainError("not_found", "Not found.");
  const [view] = await viewsOf(tx, actor, [row]);
  return view!;
}

/**
 * For its page: by its own id, with its sessions and why it is watched or blocked.
 * @throws forbidden, not_found
 */
export async function readEntityPage(actor: Actor, kind: SessionKind, entityId: string) {
  authorize(actor, readPrivilege(kind));
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(entities)
      .where(and(ownedBy(actor, entities), eq(entities.kind, kind), eq(entities.id, entityId)));
    if (!row) throw new DomainError("not_found", "Not found.");
    const [[view], changes, page, ring] = await Promise.all([
      viewsOf(tx, actor, [row]),
      tx
        .select()
        .from(entityChanges)
        .where(and(ownedBy(actor, entityChanges), eq(entityChanges.entityId, row.id)))
        .orderBy(asc(entityChanges.id)),
      sessionsOf(tx, actor, row.id, null),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    return {
      view: view!,
      ...page,
      changes: changes.map(
        ({ sealedReason, applicationId: _, entityId: __, ...change }): EntityChange => ({
          ...change,
          reason: sealedReason && openReason(ring, change.id, sealedReason),
        }),
      ),
    };
  });
}

/** So many of an entity's sessions are read at a time. */
export const SESSIONS_ON_PAGE = 50;

/** A session as the page of its person or company lists it. */
export type EntitySession = Awaited<ReturnType<typeof sessionsOf>>["sessions"][number];

/**
 * Further sessions of a person or company, the newest first: those before a session number.
 * @throws forbidden, not_found
 */
export async function readEntitySessions(actor: Actor, kind: SessionKind, entityId: string, before: number | null) {
  authorize(actor, readPrivilege(kind));
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .select({ id: entities.id })
      .from(entities)
      .where(and(ownedBy(actor, entities), eq(entities.kind, kind), eq(entities.id, entityId)));
    if (!row) throw new DomainError("not_found", "Not found.");
    return sessionsOf(tx, actor, row.id, before);
  });
}

async function sessionsOf(tx: Tx, actor: Actor, entityId: string, before: number | null) {
  const rows = await tx
    .select({
      id: sessions.id,
      number: sessions.sessionNumber,
      status: sessions.status,
      features: sessions.features,
      amlHits: sessions.amlHits,
      warningCount: sessions.warningCount,
      isImported: sql<boolean>`${sessions.sharedFromSession} is not null`,
      createdAt: sessions.createdAt,
      workflowLabel: workflows.label,
    })
    .from(sessions)
    .leftJoin(
      workflows,
      and(eq(workflows.applicationId, sessions.applicationId), eq(workflows.id, sessions.workflowId)),
    )
    .where(
      and(
        ownedBy(actor, sessions),
        eq(sessions.entityId, entityId),
        before === null ? undefined : lt(sessions.sessionNumber, before),
      ),
    )
    .orderBy(desc(sessions.sessionNumber))
    .limit(SESSIONS_ON_PAGE + 1);
  const page = rows.slice(0, SESSIONS_ON_PAGE);
  return { sessions: page, older: rows.length > SESSIONS_ON_PAGE ? (page.at(-1)?.number ?? null) : null };
}

interface Counted extends Record<string, unknown> {
  entity_id: string;
  total: number;
  approved: number;
  declined: number;
  in_review: number;
  first_at: string;
  last_at: string;
  countries: string[] | null;
}

interface Opened extends Record<string, unknown> {
  entity_id: string;
  session_id: string;
  status: string;
  features: { feature: string; status: string }[];
  record_id: string;
  card: Buffer;
  wrapped_key: Buffer;
  key_version: number;
}

/** What lists and pages show of these entities: two questions, however many there are. */
export async function viewsOf(tx: Tx, actor: Actor, rows: EntityRow[]): Promise<EntityView[]> {
  if (rows.length === 0) return [];
  const ids = sql.join(
    rows.map((row) => sql`${row.id}::uuid`),
    sql`, `,
  );
  const own = sql`s.application_id = ${actor.applicationId}::uuid`;
  const [ring, counted, opened] = await Promise.all([
    tenantKeyRing(tx, actor.applicationId),
    tx.execute<Counted>(sql`
      select s.entity_id, count(*)::int as total,
        count(*) filter (where s.status = 'Approved')::int as approved,
        count(*) filter (where s.status = 'Declined')::int as declined,
        count(*) filter (where s.status = 'In Review')::int as in_review,
        min(s.created_at) as first_at, max(s.created_at) as last_at,
        array_agg(distinct s.country) filter (where s.country is not null and s.status = 'Approved') as countries
      from ${sessions} s where ${own} and s.entity_id in (${ids}) group by s.entity_id`),
    tx.execute<Opened>(sql`
      select e.id as entity_id, n.id as session_id, n.status, n.features, r.record_id, r.card, r.wrapped_key, r.key_version
      from unnest(array[${ids}]) as e(id)
      cross join lateral (
        select s.id, s.status, s.features, s.session_number from ${sessions} s
        where ${own} and s.entity_id = e.id order by s.session_number desc limit ${OPENED_PER_ENTITY}) n
      join ${sessionRecords} r on r.application_id = ${actor.applicationId}::uuid and r.session_id = n.id
      order by n.session_number desc`),
  ]);
  const countOf = new Map(counted.map((row) => [row.entity_id, row]));
  const openedOf = new Map<string, Opened[]>();
  for (const row of opened) openedOf.set(row.entity_id, [...(openedOf.get(row.entity_id) ?? []), row]);
  return rows.map((row) => viewOf(ring, row, countOf.get(row.id), openedOf.get(row.id) ?? []));
}

function viewOf(ring: TenantKeyRing, row: EntityRow, counts: Counted | undefined, opened: Opened[]): EntityView {
  const { sealedProfile, ...entity } = row;
  const profile = openProfile(ring, row.id, sealedProfile);
  const cards = opened.map((one) => {
    const stored = { recordId: one.record_id, wrappedKey: one.wrapped_key, keyVersion: one.key_version };
    return { ...one, card: new RecordOpener(ring, stored).card(one.card) };
  });
  // What was approved is believed first; before that, what there is.
  const trusted = [...cards].sort((a, b) => Number(b.status === "Approved") - Number(a.status === "Approved"));
  const first = <K extends keyof Card>(key: K) => trusted.map(({ card }) => card[key]).find((value) => Boolean(value));
  const approved = cards.filter(({ status }) => status === "Approved").map(({ card }) => card);
  const portraitOf = trusted.find(({ card }) => card.portrait);
  const features: Record<string, string> = {};
  for (const { features: checks } of opened) for (const { feature, status } of checks) features[feature] ??= status;
  return {
    entity,
    profile,
    sessionCount: counts?.total ?? 0,
    approvedCount: counts?.approved ?? 0,
    declinedCount: counts?.declined ?? 0,
    inReviewCount: counts?.in_review ?? 0,
    firstSessionAt: counts ? new Date(counts.first_at) : null,
    lastSessionAt: counts ? new Date(counts.last_at) : null,
    countries: [...new Set([...(profile.issuingStates ?? []), ...(counts?.countries ?? [])])].sort(),
    fullName:
      row.kind === "business"
        ? (profile.legalName ?? first("companyName") ?? null)
        : (profile.fullName ?? first("fullName") ?? null),
    dateOfBirth: profile.dateOfBirth ?? first("dateOfBirth") ?? null,
    registrationNumber: profile.registrationNumber ?? first("registrationNumber") ?? null,
    emails: distinct(
      profile.approvedEmails,
      approved.map((card) => (card.email?.isVerified ? card.email.address : null)),
    ),
    phones: distinct(
      profile.approvedPhones,
      approved.map((card) => (card.phone?.isVerified ? card.phone.number : null)),
    ),
    portrait: portraitOf?.card.portrait
      ? { sessionId: portraitOf.session_id, reference: portraitOf.card.portrait }
      : null,
    features,
  };
}

const distinct = (given: string[] | null | undefined, found: (string | null)[]) => [
  ...new Set([...(given ?? []), ...found.filter((value): value is string => value !== null)]),
];

export const effectiveName = ({ profile, fullName, entity }: EntityView) =>
  profile.displayName ?? fullName ?? entity.vendorData;

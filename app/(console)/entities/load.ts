import type { Actor } from "@/domain/actor";
import { EntityFilter, EntityPosition, listEntities } from "@/domain/entities/list";
import { type EntitySession, type EntityView, readEntitySessions } from "@/domain/entities/read";
import type { EntityStatus } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { keysetPage } from "@/lib/keyset";
import { endOfDay, startOfDay } from "../audit/day";
import type { EntitySearch } from "./search-params";

const PAGE_SIZE = 50;

export type EntityItem = {
  id: string;
  vendorData: string;
  /** Null when nothing but the vendor_data is known. */
  name: string | null;
  status: EntityStatus;
  country: string | null;
  countries: number;
  sessions: { total: number; approved: number; declined: number; inReview: number };
  features: { feature: string; status: string }[];
  tags: string[];
  lastActivityAt: string;
};

/** Where the neighbouring pages begin, as the address carries it. */
export type EntitiesAnswer = { rows: EntityItem[]; newer: string | null; older: string | null };

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadEntities(
  actor: Actor,
  kind: SessionKind,
  search: EntitySearch,
  words: string | null,
  timeZone: string,
): Promise<EntitiesAnswer> {
  const page = keysetPage(search.after ?? undefined);
  const filter = filterOf(kind, search, words, timeZone);
  if (!filter) return { rows: [], newer: null, older: null };
  const after = EntityPosition.safeParse(page.after).data ?? null;
  const { views, next } = await listEntities(actor, filter, after, PAGE_SIZE);
  return {
    rows: views.map(toItem),
    newer: page.newer?.trail ?? null,
    older: next && page.olderThan(next),
  };
}

/** Null when the address asks for something that nobody can match. */
export function filterOf(
  kind: SessionKind,
  search: EntitySearch,
  words: string | null,
  timeZone: string,
): EntityFilter | null {
  const asked = {
    kind,
    statuses: search.status,
    country: search.country,
    activeFrom: startOfDay(search.from ?? undefined, timeZone),
    activeBefore: endOfDay(search.to ?? undefined, timeZone),
    search: words,
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null && value !== undefined));
  return EntityFilter.safeParse(given).data ?? null;
}

function toItem(view: EntityView): EntityItem {
  const { entity, profile } = view;
  const countries = entity.countryCode ? [entity.countryCode] : view.countries;
  return {
    id: entity.id,
    vendorData: entity.vendorData,
    name: profile.displayName ?? view.fullName,
    status: entity.status,
    country: countries[0] ?? null,
    countries: countries.length,
    sessions: {
      total: view.sessionCount,
      approved: view.approvedCount,
      declined: view.declinedCount,
      inReview: view.inReviewCount,
    },
    features: Object.entries(view.features).map(([feature, status]) => ({ feature, status })),
    tags: profile.tags ?? [],
    lastActivityAt: entity.lastActivityAt.toISOString(),
  };
}

export type EntitySessionItem = Omit<EntitySession, "createdAt"> & { createdAt: string };
export type EntitySessionsAnswer = { sessions: EntitySessionItem[]; older: number | null };

export const toSessions = (page: { sessions: EntitySession[]; older: number | null }): EntitySessionsAnswer => ({
  sessions: page.sessions.map((session) => ({ ...session, createdAt: session.createdAt.toISOString() })),
  older: page.older,
});

export const loadEntitySessions = async (actor: Actor, kind: SessionKind, entityId: string, before: number | null) =>
  toSessions(await readEntitySessions(actor, kind, entityId, before));

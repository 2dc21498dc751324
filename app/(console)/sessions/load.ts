import type { z } from "zod";
import { applicationCards } from "@/domain/access/applications";
import type { Actor } from "@/domain/actor";
import { countSessions, listSessions, type Position, SessionFilter, type SessionListRow } from "@/domain/sessions/list";
import type { SessionKind } from "@/domain/sessions/rules";
import { endOfDay, startOfDay } from "../audit/day";
import type { SessionSearch } from "./search-params";

export const PAGE_SIZE = 50;

export type SessionItem = {
  id: string;
  number: number;
  kind: SessionKind;
  name: string | null;
  status: string;
  country: string | null;
  workflow: string | null;
  features: { feature: string; status: string }[];
  amlHits: number;
  warnings: number;
  /** Null for a native session. */
  origin: { organisation: string | null; application: string | null } | null;
  vendorData: string | null;
  createdAt: string;
};

export type SessionsAnswer = {
  rows: SessionItem[];
  older: number | null;
  newer: number | null;
  count: number;
  exact: boolean;
};

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadSessions(
  actor: Actor,
  search: SessionSearch,
  words: string | null,
  timeZone: string,
): Promise<SessionsAnswer> {
  const filter = filterOf(search, words, timeZone);
  if (!filter) return { rows: [], older: null, newer: null, count: 0, exact: true };
  const [page, { count, exact }] = await Promise.all([
    listSessions(actor, filter, positionOf(search), PAGE_SIZE),
    countSessions(actor, filter),
  ]);
  const issuers = await applicationCards(
    page.rows.flatMap(({ session }) => (session.sharedFromApplication ? [session.sharedFromApplication] : [])),
  );
  return { rows: page.rows.map((row) => toItem(row, issuers)), older: page.older, newer: page.newer, count, exact };
}

function positionOf({ before, after }: SessionSearch): Position {
  if (after !== null) return { after };
  return before === null ? {} : { before };
}

/** Null when the address asks for something that no session can match, an id that is no id for instance. */
export function filterOf(
  search: SessionSearch,
  words: string | null,
  timeZone: string,
): z.infer<typeof SessionFilter> | null {
  const asked = {
    kind: search.kind,
    statuses: search.status,
    origin: search.origin,
    partnerApplicationId: search.partner,
    workflowId: search.workflow,
    country: search.country,
    createdFrom: startOfDay(search.from ?? undefined, timeZone),
    createdBefore: endOfDay(search.to ?? undefined, timeZone),
    search: words,
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null && value !== undefined));
  return SessionFilter.safeParse(given).data ?? null;
}

function toItem({ session, card, workflowLabel }: SessionListRow, issuers: Issuers): SessionItem {
  const issuer = session.sharedFromApplication ? issuers.get(session.sharedFromApplication) : undefined;
  return {
    id: session.id,
    number: session.sessionNumber,
    kind: session.kind,
    name: card?.companyName ?? card?.fullName ?? null,
    status: session.status,
    country: session.country,
    workflow: workflowLabel,
    features: session.features,
    amlHits: session.amlHits,
    warnings: session.warningCount,
    origin: session.sharedFromSession
      ? { organisation: issuer?.organisationName ?? null, application: issuer?.name ?? null }
      : null,
    vendorData: session.vendorData,
    createdAt: session.createdAt.toISOString(),
  };
}

type Issuers = Awaited<ReturnType<typeof applicationCards>>;

import { applicationCards } from "@/domain/access/applications";
import type { Actor } from "@/domain/actor";
import { countCases, countQueue, type QueueCounts } from "@/domain/cases/counts";
import { listCases, type QueueRow } from "@/domain/cases/list";
import { type DueState, dueStateOf, type Priority, parseCursor, spellCursor } from "@/domain/cases/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { keysetPage } from "@/lib/keyset";
import { filterOf, orderOf, type QueueSearch } from "./search-params";

const PAGE_SIZE = 50;

export type QueueItem = {
  /** Of the session; there is one open case for each. */
  id: string;
  number: number;
  kind: SessionKind;
  name: string | null;
  /** Of the session, which a decision names. */
  version: number;
  priority: Priority;
  openedAt: string;
  dueAt: string;
  due: DueState;
  assignee: { id: string; label: string } | null;
  country: string | null;
  workflow: string | null;
  amlHits: number;
  warnings: number;
  /** Null for a native session. */
  origin: { organisation: string | null; application: string | null } | null;
  vendorData: string | null;
};

export type QueueAnswer = {
  rows: QueueItem[];
  /** What `after` says of the pages before and behind; null where there is none. */
  newer: string | null;
  older: string | null;
  count: number;
  exact: boolean;
  counts: QueueCounts;
};

/** One page of the queue as the screen shows it: for its first render and for every refresh after that. */
export async function loadQueue(actor: Actor, search: QueueSearch): Promise<QueueAnswer> {
  const filter = filterOf(search);
  const order = orderOf(search);
  const page = keysetPage(search.after ?? undefined);
  const after = parseCursor(order.sort, page.after);
  const [found, counted, counts] = await Promise.all([
    filter ? listCases(actor, filter, order, after, PAGE_SIZE) : { rows: [], next: null },
    filter ? countCases(actor, filter) : { count: 0, exact: true },
    countQueue(actor),
  ]);
  const issuers = await applicationCards(found.rows.flatMap(({ session }) => session.sharedFromApplication ?? []));
  const now = new Date();
  return {
    rows: found.rows.map((row) => toItem(row, issuers, now)),
    newer: after && page.newer ? page.newer.trail : null,
    older: found.next && (after ? page.olderThan(spellCursor(found.next)) : spellCursor(found.next)),
    ...counted,
    counts,
  };
}

function toItem(
  { case: one, session, card, workflowLabel }: QueueRow,
  issuers: Awaited<ReturnType<typeof applicationCards>>,
  now: Date,
): QueueItem {
  const issuer = session.sharedFromApplication ? issuers.get(session.sharedFromApplication) : undefined;
  return {
    id: session.id,
    number: session.sessionNumber,
    kind: session.kind,
    name: card?.companyName ?? card?.fullName ?? null,
    version: session.version,
    priority: one.priority,
    openedAt: one.openedAt.toISOString(),
    dueAt: one.dueAt.toISOString(),
    due: dueStateOf(one.dueAt, now),
    assignee: one.assigneeId && one.assigneeLabel ? { id: one.assigneeId, label: one.assigneeLabel } : null,
    country: session.country,
    workflow: workflowLabel,
    amlHits: session.amlHits,
    warnings: session.warningCount,
    origin: session.sharedFromSession
      ? { organisation: issuer?.organisationName ?? null, application: issuer?.name ?? null }
      : null,
    vendorData: session.vendorData,
  };
}

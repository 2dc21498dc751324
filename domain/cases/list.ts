import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { cases, sessions, workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import { type SessionRow, sessionColumns } from "../sessions/decision-view";
import { readCards } from "../sessions/read";
import {
  type CaseCursor,
  type CaseFilter,
  type CaseOrder,
  type CaseSort,
  cursorOf,
  type Priority,
  priorityOf,
  rankOf,
  soonBefore,
} from "./rules";

export type CaseRow = Omit<typeof cases.$inferSelect, "priority"> & { priority: Priority };

export interface QueueRow {
  case: CaseRow;
  session: SessionRow;
  workflowLabel: string | null;
  /** Only where names are shown. */
  card: Card | null;
}

/**
 * Open cases in the given order, by keyset, each with its session and whom it is about.
 * @throws forbidden
 */
export async function listCases(
  actor: Actor,
  filter: CaseFilter,
  order: CaseOrder,
  after: CaseCursor | null,
  limit: number,
): Promise<{ rows: QueueRow[]; next: CaseCursor | null }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const page = await casePage(tx, actor, filter, order, after, limit);
    const cards = await readCards(
      tx,
      actor,
      page.rows.map((row) => row.session.id),
    );
    return { ...page, rows: page.rows.map((row) => ({ ...row, card: cards.get(row.session.id) ?? null })) };
  });
}

/** As `listCases`, without names. */
export async function casePage(
  tx: Tx,
  actor: Actor,
  filter: CaseFilter,
  order: CaseOrder,
  after: CaseCursor | null,
  limit: number,
  also?: SQL,
): Promise<{ rows: QueueRow[]; next: CaseCursor | null }> {
  const found = await pageQuery(tx, actor, filter, order, after, limit, also);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ({ ...row, case: named(row.case), card: null })),
    next: found.length > limit && last ? cursorOf(order.sort, last.case) : null,
  };
}

export const named = (row: typeof cases.$inferSelect): CaseRow => ({ ...row, priority: priorityOf(row.priority) });

/** The statement of one page, apart so that its plan can be looked at. */
export function pageQuery(
  tx: Tx,
  actor: Actor,
  filter: CaseFilter,
  order: CaseOrder,
  after: CaseCursor | null,
  limit: number,
  also?: SQL,
) {
  const way = order.direction === "asc" ? asc : desc;
  return tx
    .select({ case: cases, session: sessionColumns, workflowLabel: workflows.label })
    .from(cases)
    .innerJoin(sessions, ofCase)
    .leftJoin(
      workflows,
      and(eq(workflows.applicationId, sessions.applicationId), eq(workflows.id, sessions.workflowId)),
    )
    .where(and(caseConditions(actor, filter), beyond(order, after), also))
    .orderBy(...KEYS[order.sort].map((column) => way(column)))
    .limit(limit + 1);
}

export const ofCase = and(eq(sessions.applicationId, cases.applicationId), eq(sessions.id, cases.sessionId));

const KEYS = {
  urgency: [cases.priority, cases.dueAt, cases.sessionNumber],
  due: [cases.dueAt, cases.sessionNumber],
  opened: [cases.openedAt, cases.sessionNumber],
  number: [cases.sessionNumber],
} as const satisfies Record<CaseSort, readonly unknown[]>;

/** A comparison of whole rows, which an index on the same columns answers at once. */
function beyond({ sort, direction }: CaseOrder, after: CaseCursor | null): SQL | undefined {
  if (!after) return undefined;
  const values = KEYS[sort].map((column, place) =>
    column === cases.dueAt || column === cases.openedAt
      ? sql`${new Date(after[place]!).toISOString()}::timestamptz`
      : sql`${after[place]!}::bigint`,
  );
  const columns = sql.join(
    KEYS[sort].map((column) => sql`${column}`),
    sql`, `,
  );
  return sql`(${columns}) ${sql.raw(direction === "asc" ? ">" : "<")} (${sql.join(values, sql`, `)})`;
}

export function caseConditions(actor: Actor, filter: CaseFilter, now = new Date()): SQL | undefined {
  const { assignee } = filter;
  return and(
    ownedBy(actor, cases),
    isNull(cases.closedAt),
    assignee === undefined
      ? undefined
      : assignee === "nobody"
        ? isNull(cases.assigneeId)
        : eq(cases.assigneeId, assignee === "me" ? actor.id : assignee),
    filter.priorities && filter.priorities.length > 0
      ? inArray(cases.priority, filter.priorities.map(rankOf))
      : undefined,
    filter.due === "breached" ? lte(cases.dueAt, now) : undefined,
    filter.due === "soon" ? and(gt(cases.dueAt, now), lte(cases.dueAt, soonBefore(now))) : undefined,
    filter.kind ? eq(sessions.kind, filter.kind) : undefined,
    filter.origin === "native" ? isNull(sessions.sharedFromSession) : undefined,
    filter.origin === "imported" ? isNotNull(sessions.sharedFromSession) : undefined,
    filter.partnerApplicationId ? eq(sessions.sharedFromApplication, filter.partnerApplicationId) : undefined,
    filter.workflowId ? eq(sessions.workflowId, filter.workflowId) : undefined,
    filter.country ? eq(sessions.country, filter.country) : undefined,
    filter.amlHits ? gt(sessions.amlHits, 0) : undefined,
    filter.warnings ? gt(sessions.warningCount, 0) : undefined,
  );
}

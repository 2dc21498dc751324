import { inArray } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { cases } from "@/db/schema";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession, fenceOf } from "../actor";
import { recordAudit } from "../audit/record";
import { csvRow } from "../csv";
import { casePage } from "./list";
import { type CaseCursor, CaseFilter, type CaseOrder, SessionIds } from "./rules";
import { CASE_COLUMNS, cellsOf, toWireCase } from "./wire";

export const CASE_FORMATS = ["csv", "json"] as const;
export type CaseFormat = (typeof CASE_FORMATS)[number];

const CASES_AT_A_TIME = 500;
/** By number: it is nobody's to change, so a case that is prioritised meanwhile is neither missed nor written twice. */
const ORDER: CaseOrder = { sort: "number", direction: "asc" };

/**
 * Cases of the queue as a stream, page by page, so that neither memory nor a transaction grows with it: those that the
 * filter selects, or those named. Without names: what leaves here is no list of people.
 * @throws forbidden
 */
export async function exportCases(
  actor: Actor,
  of: { filter: CaseFilter } | { sessionIds: string[] },
  format: CaseFormat,
): Promise<AsyncGenerator<string>> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  const filter = "filter" in of ? CaseFilter.parse(of.filter) : {};
  const ids = "sessionIds" in of ? SessionIds.parse(of.sessionIds) : null;
  await inTenant(actor, (tx) =>
    recordAudit(tx, actor, {
      action: "case.export",
      subjectKind: "application",
      subjectId: actor.applicationId,
      detail: { format, cases: ids?.length ?? null, filters: ids ? null : spellFilter(filter) },
    }),
  );
  return written(actor, filter, ids, format);
}

async function* written(
  actor: Actor,
  filter: CaseFilter,
  ids: string[] | null,
  format: CaseFormat,
): AsyncGenerator<string> {
  const isCsv = format === "csv";
  yield isCsv ? csvRow(CASE_COLUMNS) : "[";
  let after: CaseCursor | null = null;
  let isFirst = true;
  do {
    const page: { lines: string[]; next: CaseCursor | null } = await inTenant(fenceOf(actor), async (tx) => {
      const also = ids ? inArray(cases.sessionId, ids) : undefined;
      const { rows, next } = await casePage(tx, actor, filter, ORDER, after, CASES_AT_A_TIME, also);
      const partners = await applicationCards(
        rows.flatMap((row) => row.session.sharedFromApplication ?? []),
        tx,
      );
      const now = new Date();
      const told = rows.map((row) => toWireCase(row, partners, now));
      return { lines: told.map((one) => (isCsv ? csvRow(cellsOf(one)) : JSON.stringify(one))), next };
    });
    if (page.lines.length > 0) yield isCsv ? page.lines.join("") : `${isFirst ? "" : ","}\n${page.lines.join(",\n")}`;
    isFirst = false;
    after = page.next;
  } while (after);
  if (!isCsv) yield "\n]\n";
}

const spellFilter = (filter: CaseFilter): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join("+") : value}`)
    .join(", ");

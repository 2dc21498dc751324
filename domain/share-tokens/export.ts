import { inTenant } from "@/db/client";
import { type Actor, authorize, authorizeEverySession, fenceOf } from "../actor";
import { recordAudit } from "../audit/record";
import { countLedger, eventsByToken, type LedgerCursor, type LedgerFilter, ledgerPage } from "./ledger-list";
import { CSV_HEADER, csvOf, toLedgerToken } from "./ledger-wire";

export const LEDGER_FORMATS = ["csv", "json"] as const;
export type LedgerFormat = (typeof LEDGER_FORMATS)[number];

const TOKENS_AT_ONCE = 500;

export interface LedgerExport {
  /** How many tokens the filters selected when it began. */
  tokens: number;
  chunks: AsyncGenerator<string>;
}

/**
 * Everything that the filters select, as a stream: page by page, so that neither memory nor a transaction grows with it.
 * It is in the trail before the first byte has left; tokens that come about afterwards are not in it.
 * @throws forbidden
 */
export async function exportLedger(actor: Actor, filter: LedgerFilter, format: LedgerFormat): Promise<LedgerExport> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  const until = { ...filter, before: filter.before ?? new Date(Date.now() + 1) };
  const tokens = await inTenant(actor, async (tx) => {
    const counted = await countLedger(tx, actor, until);
    await recordAudit(tx, actor, {
      action: "ledger.exported",
      subjectKind: "application",
      subjectId: actor.applicationId,
      counterpartyApplicationId: filter.partnerApplicationId ?? null,
      detail: { tokens: counted, format, filters: spellFilter(filter) },
    });
    return counted;
  });
  return { tokens, chunks: written(actor, until, format) };
}

async function* written(actor: Actor, filter: LedgerFilter, format: LedgerFormat): AsyncGenerator<string> {
  yield format === "csv" ? CSV_HEADER : "[";
  let after: LedgerCursor | null = null;
  let isFirst = true;
  do {
    const page: Awaited<ReturnType<typeof ledgerPage>> & { text: string } = await inTenant(
      fenceOf(actor),
      async (tx) => {
        const found = await ledgerPage(tx, actor, filter, after, TOKENS_AT_ONCE);
        const events = await eventsByToken(
          tx,
          actor,
          found.rows.map((row) => row.id),
        );
        const lines = found.rows.map((row) =>
          format === "csv"
            ? csvOf(row, events.get(row.id) ?? [])
            : JSON.stringify(toLedgerToken(row, events.get(row.id) ?? [])),
        );
        return { ...found, text: format === "csv" ? lines.join("") : lines.join(",\n") };
      },
    );
    if (page.text) yield format === "json" && !isFirst ? `,\n${page.text}` : page.text;
    isFirst = false;
    after = page.next;
  } while (after);
  if (format === "json") yield "]\n";
}

function spellFilter({ side, mark, session, actorId, from, before, partnerApplicationId }: LedgerFilter): string {
  const spelled = {
    side,
    state: mark,
    partner: partnerApplicationId,
    session: session && ("id" in session ? session.id : session.number),
    who: actorId,
    from: from?.toISOString(),
    before: before?.toISOString(),
  };
  return Object.entries(spelled)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { Actor } from "@/domain/actor";
import {
  type LedgerCursor,
  type LedgerFilter,
  type LedgerRow,
  listLedgerWithNames,
} from "@/domain/share-tokens/ledger-list";
import { LEDGER_SIDES, type LedgerSide, marksOf } from "@/domain/share-tokens/ledger-rules";
import type { ShareTerms } from "@/domain/share-tokens/terms";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { endOfDay, startOfDay } from "../audit/day";

const PAGE_SIZE = 50;

export const LEDGER_PARAMS = ["side", "state", "partner", "session", "who", "from", "to"] as const;
type LedgerParam = (typeof LEDGER_PARAMS)[number];
type Params = Record<string, string | string[] | undefined>;

export type TokenItem = {
  id: string;
  /** Of this application; null when there is none, or it has been deleted since. */
  session: { id: string; number: number; name: string | null } | null;
  partner: string | null;
  state: LedgerRow["state"];
  at: string;
  by: string;
  expiresAt: string;
  delivered: boolean;
  previewed: boolean;
  refusedCode: string | null;
  /** Null when everything is shared. */
  terms: ShareTerms | null;
};

export type ShareTokensAnswer = {
  side: LedgerSide;
  rows: TokenItem[];
  newer: string | null;
  older: string | null;
  filtered: boolean;
};

/** What the address asks the ledger; what makes no sense in it counts for nothing. */
export async function filterFrom(
  params: Params,
): Promise<{ filter: LedgerFilter; asked: Record<LedgerParam, string | undefined> }> {
  const zone = await getTimeZone();
  const asked = firstOf(params, LEDGER_PARAMS);
  const side = z.enum(LEDGER_SIDES).safeParse(asked.side).data ?? "issuer";
  const mark = marksOf(side).find((one) => one === asked.state);
  const partner = z.uuid().safeParse(asked.partner).data;
  const session = sessionOf(asked.session);
  const from = startOfDay(asked.from, zone);
  const before = endOfDay(asked.to, zone);
  return {
    asked,
    filter: {
      side,
      ...(mark && { mark }),
      ...(partner && { partnerApplicationId: partner }),
      ...(session && { session }),
      ...(asked.who && { actorId: asked.who }),
      ...(from && { from }),
      ...(before && { before }),
    },
  };
}

const Session = z.union([
  z.uuid().transform((id) => ({ id })),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform((digits) => ({ number: Number(digits) })),
]);
const sessionOf = (text: string | undefined) => Session.safeParse(text?.trim()).data;

/** One page of the ledger as the screen shows it: for its first render and for every refresh after that. */
export async function loadShareTokens(actor: Actor, params: Params): Promise<ShareTokensAnswer> {
  const { filter, asked } = await filterFrom(params);
  const page = keysetPage(firstOf(params, ["after"]).after);
  const { rows, next } = await listLedgerWithNames(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/share-tokens", { ...asked, after: trail });
  return {
    side: filter.side,
    rows: rows.map((row) => ({
      id: row.id,
      session: row.session && { ...row.session, name: row.name },
      partner: row.partner && `${row.partner.organisationName} · ${row.partner.name}`,
      state: row.state,
      at: row.at.toISOString(),
      by: row.byLabel,
      expiresAt: row.expiresAt.toISOString(),
      delivered: row.deliveredAt !== null,
      previewed: row.previewedAt !== null,
      refusedCode: row.refusedAt && row.refusedCode,
      terms: row.terms,
    })),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
    filtered: Object.keys(filter).length > 1 || page.after !== null,
  };
}

const spell = ({ at, id }: LedgerCursor) => `${at.getTime()}_${id}`;

function parseCursor(text: string | null): LedgerCursor | null {
  const [moment, id] = (text ?? "").split("_");
  const at = new Date(Number(moment));
  return z.uuid().safeParse(id).success && !Number.isNaN(at.getTime()) ? { at, id: id! } : null;
}

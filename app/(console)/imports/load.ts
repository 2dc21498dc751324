import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { type ImportCursor, type ImportFilter, type ImportListRow, listImports } from "@/domain/imports/list";
import { IMPORT_OUTCOMES, TOOK_KEYS } from "@/domain/imports/outcomes";
import { FINISHED } from "@/domain/sessions/rules";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { endOfDay, startOfDay } from "../audit/day";

const PAGE_SIZE = 50;

export type ImportItem = {
  id: string;
  /** Null when the session has been deleted since. */
  sessionId: string | null;
  sessionNumber: number | null;
  name: string | null;
  kind: "user" | "business" | null;
  issuer: { organisation: string; application: string } | null;
  landingStatus: string;
  status: string | null;
  trusted: boolean;
  reason: string | null;
  importedBy: string;
  byKey: boolean;
  importedAt: string;
};

export type ImportsAnswer = { rows: ImportItem[]; newer: string | null; older: string | null };

export const IMPORT_PARAMS = ["partner", "trust", "source", "outcome", "took", "from", "to"] as const;
const TRUST = { kept: true, reviewed: false } as const;

/** What the address asks for; what makes no sense in it counts for nothing. */
export async function filterFrom(params: Record<string, string | string[] | undefined>): Promise<{
  filter: ImportFilter;
  asked: Record<(typeof IMPORT_PARAMS)[number], string | undefined>;
}> {
  const zone = await getTimeZone();
  const asked = firstOf(params, IMPORT_PARAMS);
  const partner = z.uuid().safeParse(asked.partner).data;
  const trust = z.enum(["kept", "reviewed"]).safeParse(asked.trust).data;
  const sourceStatus = z.enum(FINISHED).safeParse(asked.source).data;
  const outcome = z.enum(IMPORT_OUTCOMES).safeParse(asked.outcome).data;
  const took = z.enum(TOOK_KEYS).safeParse(asked.took).data;
  const from = startOfDay(asked.from, zone);
  const before = endOfDay(asked.to, zone);
  return {
    asked,
    filter: {
      ...(partner && { partnerApplicationId: partner }),
      ...(trust && { trusted: TRUST[trust] }),
      ...(sourceStatus && { sourceStatus }),
      ...(outcome && { outcome }),
      ...(took && { took }),
      ...(from && { from }),
      ...(before && { before }),
    },
  };
}

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadImports(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<ImportsAnswer> {
  const { filter, asked } = await filterFrom(params);
  const page = keysetPage(firstOf(params, ["after"]).after);
  const { rows, next } = await listImports(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/imports", { ...asked, after: trail });
  return {
    rows: rows.map(toItem),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
  };
}

const spell = ({ importedAt, shareTokenId }: ImportCursor) => `${importedAt.getTime()}_${shareTokenId}`;

function parseCursor(text: string | null): ImportCursor | null {
  const [at, id] = (text ?? "").split("_");
  const importedAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(importedAt.getTime())
    ? { importedAt, shareTokenId: id! }
    : null;
}

function toItem({ import: row, session, card, issuer }: ImportListRow): ImportItem {
  return {
    id: row.shareTokenId,
    sessionId: session?.id ?? null,
    sessionNumber: session?.sessionNumber ?? null,
    name: card?.companyName ?? card?.fullName ?? null,
    kind: session?.kind ?? null,
    issuer: issuer ? { organisation: issuer.organisationName, application: issuer.name } : null,
    landingStatus: row.landingStatus,
    status: session?.status ?? null,
    trusted: row.trustEffective,
    reason: row.trustReasons.at(-1) ?? null,
    importedBy: row.importedByLabel,
    byKey: row.importedByKind === "api_key",
    importedAt: row.importedAt.toISOString(),
  };
}

import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { type ImportCursor, type ImportListRow, listImports } from "@/domain/imports/list";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";

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

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadImports(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<ImportsAnswer> {
  const { partner: asked, after } = firstOf(params, ["partner", "after"]);
  const partner = z.uuid().safeParse(asked).data;
  const page = keysetPage(after);
  const filter = partner ? { partnerApplicationId: partner } : {};
  const { rows, next } = await listImports(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/imports", { partner, after: trail });
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

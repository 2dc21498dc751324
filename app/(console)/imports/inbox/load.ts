import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { type InboxCursor, type InboxItem, listInbox } from "@/domain/share-inbox/inbox";
import { INBOX_STATES, type InboxState } from "@/domain/share-inbox/rules";
import type { ShareTerms } from "@/domain/share-tokens/terms";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";

const PAGE_SIZE = 50;
const State = z.enum(INBOX_STATES);

export type InboxRow = {
  id: string;
  issuer: { organisation: string; application: string } | null;
  kind: "user" | "business";
  /** Null when everything is shared. */
  terms: ShareTerms | null;
  pushed: boolean;
  state: InboxState;
  arrivedAt: string;
  expiresAt: string;
  settledBy: string | null;
};

export type InboxAnswer = { rows: InboxRow[]; newer: string | null; older: string | null };

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadInbox(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<InboxAnswer> {
  const asked = firstOf(params, ["state", "partner", "after"]);
  const state = State.safeParse(asked.state).data;
  const partner = z.uuid().safeParse(asked.partner).data;
  const page = keysetPage(asked.after);
  const filter = { ...(state && { state }), ...(partner && { partnerApplicationId: partner }) };
  const { rows, next } = await listInbox(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/imports/inbox", { state, partner, after: trail });
  return {
    rows: rows.map(toRow),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
  };
}

const spell = ({ arrivedAt, shareTokenId }: InboxCursor) => `${arrivedAt.getTime()}_${shareTokenId}`;

function parseCursor(text: string | null): InboxCursor | null {
  const [at, id] = (text ?? "").split("_");
  const arrivedAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(arrivedAt.getTime()) ? { arrivedAt, shareTokenId: id! } : null;
}

const toRow = ({ entry, state, issuer }: InboxItem): InboxRow => ({
  id: entry.shareTokenId,
  issuer: issuer && { organisation: issuer.organisationName, application: issuer.name },
  kind: entry.sessionKind,
  terms: entry.terms,
  pushed: entry.handOff === "push",
  state,
  arrivedAt: entry.arrivedAt.toISOString(),
  expiresAt: entry.expiresAt.toISOString(),
  settledBy: entry.settledByLabel,
});

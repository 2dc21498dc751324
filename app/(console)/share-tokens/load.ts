import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { listShareTokens, type TokenCursor } from "@/domain/share-tokens/list";
import type { ShareTokenState } from "@/domain/share-tokens/rules";
import type { ShareTerms } from "@/domain/share-tokens/terms";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";

const PAGE_SIZE = 50;
const State = z.enum(["active", "redeemed", "revoked", "expired"]);

export type TokenItem = {
  id: string;
  sessionId: string;
  /** Null when the session has been deleted since. */
  sessionNumber: number | null;
  name: string | null;
  receiver: string | null;
  state: ShareTokenState;
  mintedBy: string;
  issuedAt: string;
  expiresAt: string;
  ttlInSeconds: number;
  /** Null when everything is shared. */
  terms: ShareTerms | null;
};

export type ShareTokensAnswer = { rows: TokenItem[]; newer: string | null; older: string | null };

/** One page of the ledger as the screen shows it: for its first render and for every refresh after that. */
export async function loadShareTokens(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<ShareTokensAnswer> {
  const asked = firstOf(params, ["state", "partner", "after"]);
  const partner = z.uuid().safeParse(asked.partner).data;
  const state = State.safeParse(asked.state).data;
  const page = keysetPage(asked.after);
  const filter = { ...(state && { state }), ...(partner && { partnerApplicationId: partner }) };
  const { rows, next } = await listShareTokens(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/share-tokens", { state, partner, after: trail });
  return {
    rows: rows.map(({ token, state, sessionNumber, card, receiver }) => ({
      id: token.id,
      sessionId: token.sessionId,
      sessionNumber,
      name: card?.companyName ?? card?.fullName ?? null,
      receiver: receiver && `${receiver.organisationName} · ${receiver.name}`,
      state,
      mintedBy: token.mintedByLabel,
      issuedAt: token.issuedAt.toISOString(),
      expiresAt: token.expiresAt.toISOString(),
      ttlInSeconds: token.ttlInSeconds,
      terms: token.terms,
    })),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
  };
}

const spell = ({ issuedAt, id }: TokenCursor) => `${issuedAt.getTime()}_${id}`;

function parseCursor(text: string | null): TokenCursor | null {
  const [at, id] = (text ?? "").split("_");
  const issuedAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(issuedAt.getTime()) ? { issuedAt, id: id! } : null;
}

import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { type Ceiling, listMintRules } from "@/domain/agreements/ceilings";
import { listPullRequests, type PullCursor, type PullRequestView } from "@/domain/pull-requests/list";
import {
  isPullDeclineReason,
  isPullReason,
  PULL_DIRECTIONS,
  PULL_STATES,
  type PullDeclineReason,
  type PullDirection,
  type PullReason,
  type PullState,
  type ReferenceKind,
} from "@/domain/pull-requests/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";

const PAGE_SIZE = 50;
const State = z.enum(PULL_STATES);
const Direction = z.enum(PULL_DIRECTIONS);

export type PullItem = {
  id: string;
  direction: PullDirection;
  partner: string | null;
  kind: SessionKind;
  referenceKind: ReferenceKind;
  reference: string;
  blocks: string[];
  reason: PullReason | null;
  state: PullState;
  declineReason: PullDeclineReason | null;
  /** Of the token that answers it. */
  shareTokenId: string | null;
  createdAt: string;
  expiresAt: string;
  /** Ours that the reference names, of a request to us. */
  sessions: { id: string; number: number; status: string; name: string | null; features: string[] }[];
  /** The most that may be shared with them; null when nothing is agreed. */
  ceiling: Ceiling | null;
};

export type PullsAnswer = { rows: PullItem[]; newer: string | null; older: string | null };

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadPulls(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<PullsAnswer> {
  const asked = firstOf(params, ["state", "direction", "after"]);
  const state = State.safeParse(asked.state).data;
  const direction = Direction.safeParse(asked.direction).data;
  const page = keysetPage(asked.after);
  const filter = { ...(state && { state }), ...(direction && { direction }) };
  const { rows, next } = await listPullRequests(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const asking = rows.flatMap(({ request, state: now }) =>
    request.direction === "received" && now === "open" ? [request.partnerApplicationId] : [],
  );
  const rules =
    asking.length > 0 && actor.privileges.has("read:partners") ? await listMintRules(actor, [...new Set(asking)]) : [];
  const ceilings = new Map(rules.map(({ partnerApplicationId, ceiling }) => [partnerApplicationId, ceiling]));
  const href = (trail: string) => listHref("/requests/sessions", { state, direction, after: trail });
  return {
    rows: rows.map((row) => ({ ...toItem(row), ceiling: ceilings.get(row.request.partnerApplicationId) ?? null })),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
  };
}

const spell = ({ createdAt, id }: PullCursor) => `${createdAt.getTime()}_${id}`;

function parseCursor(text: string | null): PullCursor | null {
  const [at, id] = (text ?? "").split("_");
  const createdAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(createdAt.getTime()) ? { createdAt, id: id! } : null;
}

const toItem = ({ request, state, partner, sessions }: PullRequestView): Omit<PullItem, "ceiling"> => ({
  id: request.id,
  direction: request.direction,
  partner: partner && `${partner.organisationName} · ${partner.name}`,
  kind: request.sessionKind,
  referenceKind: request.referenceKind,
  reference: request.reference,
  blocks: request.blocks,
  reason: isPullReason(request.reason) ? request.reason : null,
  state,
  declineReason: isPullDeclineReason(request.declineReason) ? request.declineReason : null,
  shareTokenId: request.shareTokenId,
  createdAt: request.createdAt.toISOString(),
  expiresAt: request.expiresAt.toISOString(),
  sessions: sessions.map(({ id, sessionNumber, status, features, card }) => ({
    id,
    number: sessionNumber,
    status,
    features,
    name: card?.companyName ?? card?.fullName ?? null,
  })),
});

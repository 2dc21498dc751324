import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { listStepRequests, type RequestCursor, type StepRequestView } from "@/domain/step-requests/list";
import {
  type DeclineReason,
  isReason,
  REQUEST_DIRECTIONS,
  REQUEST_STATES,
  type RequestDirection,
  type RequestState,
} from "@/domain/step-requests/rules";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";

const PAGE_SIZE = 50;
const State = z.enum(REQUEST_STATES);
const Direction = z.enum(REQUEST_DIRECTIONS);

export type RequestItem = {
  id: string;
  direction: RequestDirection;
  partner: string | null;
  /** Ours: the one that is asked about, or its clone here. */
  sessionId: string | null;
  sessionNumber: number | null;
  name: string | null;
  steps: string[];
  /** What the person can be asked for again now. */
  askable: string[];
  state: RequestState;
  askedAgain: boolean;
  reason: DeclineReason | null;
  createdAt: string;
};

export type RequestsAnswer = { rows: RequestItem[]; newer: string | null; older: string | null };

/** One page of the list as the screen shows it: for its first render and for every refresh after that. */
export async function loadRequests(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<RequestsAnswer> {
  const asked = firstOf(params, ["state", "direction", "after"]);
  const state = State.safeParse(asked.state).data;
  const direction = Direction.safeParse(asked.direction).data;
  const page = keysetPage(asked.after);
  const filter = { ...(state && { state }), ...(direction && { direction }) };
  const { rows, next } = await listStepRequests(actor, filter, parseCursor(page.after), PAGE_SIZE);
  const href = (trail: string) => listHref("/requests", { state, direction, after: trail });
  return {
    rows: rows.map(toItem),
    newer: page.newer && href(page.newer.trail),
    older: next && href(page.olderThan(spell(next))),
  };
}

const spell = ({ createdAt, id }: RequestCursor) => `${createdAt.getTime()}_${id}`;

function parseCursor(text: string | null): RequestCursor | null {
  const [at, id] = (text ?? "").split("_");
  const createdAt = new Date(Number(at));
  return z.uuid().safeParse(id).success && !Number.isNaN(createdAt.getTime()) ? { createdAt, id: id! } : null;
}

const toItem = ({ request, partner, session, card, askable }: StepRequestView): RequestItem => ({
  id: request.id,
  direction: request.direction,
  partner: partner && `${partner.organisationName} · ${partner.name}`,
  sessionId: session?.id ?? null,
  sessionNumber: session?.sessionNumber ?? null,
  name: card?.companyName ?? card?.fullName ?? null,
  steps: request.steps,
  askable,
  state: request.state,
  askedAgain: request.askedAgainAt !== null,
  reason: isReason(request.reason) ? request.reason : null,
  createdAt: request.createdAt.toISOString(),
});

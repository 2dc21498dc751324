import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { sessions, stepRequests } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import { readCards } from "../sessions/read";
import { isReviewable, type SessionStatus } from "../sessions/rules";
import type { StepRequestRow } from "./request";
import { type RequestDirection, type RequestState, stepsToAskAgain } from "./rules";

export interface StepRequestView {
  request: StepRequestRow;
  partner: ApplicationCard | null;
  /** Our own session: the one that is asked about, or its clone here. Null when there is none, or none any more. */
  session: { id: string; sessionNumber: number; status: string } | null;
  card: Card | null;
  /** Of a request to us that is open: what its person can be asked for again as the session stands. */
  askable: string[];
}

export interface RequestFilter {
  direction?: RequestDirection;
  state?: RequestState;
}
export type RequestCursor = { createdAt: Date; id: string };

/**
 * Requests for steps, made here and made to us, newest first.
 * @throws forbidden
 */
export async function listStepRequests(
  actor: Actor,
  filter: RequestFilter,
  after: RequestCursor | null,
  limit: number,
): Promise<{ rows: StepRequestView[]; next: RequestCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select()
      .from(stepRequests)
      .where(
        and(
          ownedBy(actor, stepRequests),
          filter.direction && eq(stepRequests.direction, filter.direction),
          filter.state && eq(stepRequests.state, filter.state),
          after
            ? sql`(${stepRequests.createdAt}, ${stepRequests.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(stepRequests.createdAt), desc(stepRequests.id))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const idsOf = (direction: RequestDirection) =>
      page.flatMap((row) => (row.direction === direction ? row.sourceSessionId : []));
    const [asked, sent] = [idsOf("received"), idsOf("sent")];
    const [partners, here] = await Promise.all([
      applicationCards(
        page.map((row) => row.partnerApplicationId),
        tx,
      ),
      page.length === 0
        ? []
        : tx
            .select({
              id: sessions.id,
              sessionNumber: sessions.sessionNumber,
              status: sessions.status,
              features: sessions.features,
              source: sessions.sharedFromSession,
            })
            .from(sessions)
            .where(
              and(
                ownedBy(actor, sessions),
                or(
                  asked.length > 0 ? inArray(sessions.id, asked) : undefined,
                  sent.length > 0 ? inArray(sessions.sharedFromSession, sent) : undefined,
                ),
              ),
            ),
    ]);
    const cards = await readCards(
      tx,
      actor,
      here.map((session) => session.id),
    );
    const last = page.at(-1);
    return {
      rows: page.map((request) => {
        const session = here.find(({ id, source }) =>
          request.direction === "received" ? id === request.sourceSessionId : source === request.sourceSessionId,
        );
        const isOpen = request.direction === "received" && request.state === "open";
        return {
          request,
          partner: partners.get(request.partnerApplicationId) ?? null,
          session: session ? { id: session.id, sessionNumber: session.sessionNumber, status: session.status } : null,
          card: (session && cards.get(session.id)) ?? null,
          askable:
            isOpen && session && isReviewable(session.status as SessionStatus) && session.status !== "Resubmitted"
              ? stepsToAskAgain(request.steps, session.features)
              : [],
        };
      }),
      next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
    };
  });
}

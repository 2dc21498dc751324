import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { pullRequests, sessions } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import { readCards } from "../sessions/read";
import type { SessionKind } from "../sessions/rules";
import type { PullRequestRow } from "./request";
import type { PullDirection, PullState } from "./rules";

/** A session of ours that a request's reference names. */
export interface NamedSession {
  id: string;
  sessionNumber: number;
  status: string;
  kind: SessionKind;
  features: string[];
  card: Card | null;
}

export interface PullRequestView {
  request: PullRequestRow;
  /** As it is now: open ones whose time is over count as expired. */
  state: PullState;
  partner: ApplicationCard | null;
  /** Of a request to us: what its reference names here, newest first. Of ours: nothing, whatever there is at the partner's. */
  sessions: NamedSession[];
}

export interface PullFilter {
  direction?: PullDirection;
  state?: PullState;
}
export type PullCursor = { createdAt: Date; id: string };

/** Sessions looked up for one page, and shown for one request: nobody chooses among more. */
const LOOKED_UP = 500;
const SHOWN = 10;

/**
 * Requests for sessions, made here and made to us, newest first.
 * @throws forbidden
 */
export async function listPullRequests(
  actor: Actor,
  filter: PullFilter,
  after: PullCursor | null,
  limit: number,
): Promise<{ rows: PullRequestView[]; next: PullCursor | null }> {
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select()
      .from(pullRequests)
      .where(
        and(
          ownedBy(actor, pullRequests),
          filter.direction && eq(pullRequests.direction, filter.direction),
          filter.state && sql`${stateNow} = ${filter.state}`,
          after
            ? sql`(${pullRequests.createdAt}, ${pullRequests.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(pullRequests.createdAt), desc(pullRequests.id))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const received = page.filter(({ direction }) => direction === "received");
    const by = (kind: PullRequestRow["referenceKind"]) => [
      ...new Set(received.filter((row) => row.referenceKind === kind).map((row) => row.reference)),
    ];
    const [ids, references] = [by("session_id"), by("vendor_data")];
    const [partners, here] = await Promise.all([
      applicationCards(
        page.map((row) => row.partnerApplicationId),
        tx,
      ),
      received.length === 0
        ? []
        : tx
            .select({
              id: sessions.id,
              sessionNumber: sessions.sessionNumber,
              status: sessions.status,
              kind: sessions.kind,
              vendorData: sessions.vendorData,
              features: sessions.features,
            })
            .from(sessions)
            .where(
              and(
                ownedBy(actor, sessions),
                or(
                  ids.length > 0 ? inArray(sessions.id, ids) : undefined,
                  references.length > 0 ? inArray(sessions.vendorData, references) : undefined,
                ),
              ),
            )
            .orderBy(desc(sessions.sessionNumber))
            .limit(LOOKED_UP),
    ]);
    const cards = await readCards(
      tx,
      actor,
      here.map((session) => session.id),
    );
    const now = new Date();
    const last = page.at(-1);
    return {
      rows: page.map((request) => ({
        request,
        state: request.state === "open" && request.expiresAt <= now ? "expired" : request.state,
        partner: partners.get(request.partnerApplicationId) ?? null,
        sessions:
          request.direction === "sent"
            ? []
            : here
                .filter(
                  (session) =>
                    session.kind === request.sessionKind &&
                    request.reference === (request.referenceKind === "session_id" ? session.id : session.vendorData),
                )
                .slice(0, SHOWN)
                .map(({ vendorData: _, features, ...session }) => ({
                  ...session,
                  features: features.map(({ feature }) => feature),
                  card: cards.get(session.id) ?? null,
                })),
      })),
      next: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
    };
  });
}

const stateNow = sql`case when ${pullRequests.state} = 'open' and ${pullRequests.expiresAt} <= now() then 'expired' else ${pullRequests.state} end`;

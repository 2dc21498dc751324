import { inTenant } from "@/db/client";
import { type ApplicationCard, applicationCards } from "../access/applications";
import type { Applicant } from "../actor";
import type { Decision } from "../sessions/decision";
import type { SessionKind } from "../sessions/rules";
import { wireStatus } from "../sessions/wire";
import { loadWalk, type Walk } from "./load";
import { returnUrl, type Scenario, type WalkState, type WalkStep, walkState } from "./rules";

/** What a session's page may know: nothing of what the record says about the person. */
export interface WalkView {
  state: WalkState;
  kind: SessionKind;
  /** Of a finished session, as the contract spells it. */
  status: string;
  steps: Omit<WalkStep, "config">[];
  /** The steps that were asked for again; null for a first walk. */
  asked: string[] | null;
  scenario: Scenario | null;
  expiresAt: Date | null;
  /** Where the person goes when it has finished. */
  returnUrl: string | null;
}

export interface WalkPage extends WalkView {
  application: Pick<ApplicationCard, "name" | "organisationName">;
  environment: "sandbox" | "live";
  /** In which the session was started; null: the person's own. */
  language: string | null;
}

/** @throws not_found */
export async function readWalk(applicant: Applicant, now = new Date()): Promise<WalkPage> {
  const [walk, cards] = await Promise.all([
    inTenant(applicant, (tx) => loadWalk(tx, applicant, applicant.sessionId)),
    applicationCards([applicant.applicationId]),
  ]);
  const card = cards.get(applicant.applicationId);
  return {
    ...viewOf(walk, applicant, now),
    environment: walk.session.environment,
    application: { name: card?.name ?? "", organisationName: card?.organisationName ?? "" },
    language: typeof walk.body.language === "string" ? walk.body.language : null,
  };
}

export function viewOf(
  { session, body, steps, again, scenario }: Pick<Walk, "session" | "body" | "steps" | "again" | "scenario">,
  { kybStatusFormat }: Pick<Applicant, "kybStatusFormat">,
  now: Date,
): WalkView {
  const state = walkState(session, now);
  const status = wireStatus(session.kind, session.status, kybStatusFormat);
  return {
    state,
    kind: session.kind,
    status: session.status,
    steps: steps.map(({ config: _, ...step }) => step),
    asked: again ? again.asked.map(({ nodeId }) => nodeId) : null,
    scenario,
    expiresAt: session.expiresAt,
    returnUrl:
      state === "finished" ? returnUrl((body as unknown as Decision).callback ?? null, session.id, status) : null,
  };
}

import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { type Fence, inTenant, type Tx } from "@/db/client";
import { questionnaires, sessions } from "@/db/schema";
import { type Actor, type Applicant, authorize, fenceOf, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { findWorkflow } from "../workflows/read";
import { applySteps, finish } from "./apply";
import { loadWalk, type Walk } from "./load";
import { type PeoplesWorkflow, prepareSteps, refuseUploads, type Uploads } from "./prepare";
import type { Form } from "./questionnaire";
import { viewOf, type WalkView } from "./read";
import {
  type Choice,
  OUTCOMES,
  type Outcome,
  planFinish,
  risksOf,
  type Scenario,
  ScenarioName,
  walkState,
} from "./rules";
import { refuseScenario } from "./scenario";

/** Who may walk: the person by their link, and in a sandbox the application itself, in the person's place. */
export type Walker = Applicant | Actor;

const MAX_TRIES = 5;

/** A link opens its own session, a privilege those of the application. @throws forbidden, not_found */
function authorizeWalk(walker: Walker, sessionId: string): void {
  if (walker.kind !== "applicant") authorize(walker, "write:sessions");
  else if (walker.sessionId !== sessionId) throw new DomainError("not_found", "Not found.");
}

/**
 * The person begins. Beginning again changes nothing.
 * @throws not_found, environment_mismatch, transition_not_allowed
 */
export async function startWalk(walker: Walker, sessionId: string): Promise<WalkView> {
  authorizeWalk(walker, sessionId);
  return inTenant(walker, async (tx) => {
    const walk = await loadWalk(tx, walker, sessionId, true);
    const now = new Date();
    if (stateOf(walk, now) === "not_started") await begin(tx, walker, walk, now);
    return viewOf(walk, walker, now);
  });
}

export const StepInput = z.object({
  nodeId: z.string().min(1).max(100),
  outcome: z.enum(OUTCOMES).default("Approved"),
  risk: z.string().max(100).optional(),
});
export type StepInput = z.input<typeof StepInput> & { uploads?: Uploads };

/**
 * Carries out one step, with a specimen or with what the person hands over. A step that is done stays as it is.
 * @throws not_found, invalid_input, environment_mismatch, transition_not_allowed
 */
export async function completeStep(applicant: Applicant, given: StepInput): Promise<WalkView> {
  const input = StepInput.parse(given);
  const uploads = given.uploads ?? {};
  return advance(applicant, applicant.sessionId, { uploads }, (walk) => {
    const step = walk.steps.find(({ nodeId }) => nodeId === input.nodeId);
    if (!step) throw new DomainError("not_found", "This session has no such step.");
    refuseUploads(step, uploads);
    const risk = risksOf(step.feature).find((one) => one === input.risk) ?? null;
    return { choices: step.isOpen ? [{ nodeId: step.nodeId, outcome: input.outcome, risk }] : [], end: null };
  });
}

export const FinishInput = z.object({
  /** As what it ends; absent: as its steps and its scenario have it. */
  status: z.enum(OUTCOMES).optional(),
});
export type FinishInput = z.input<typeof FinishInput>;

/**
 * Ends the walk: what is still open is done on the way. Whoever comes second finds it ended and learns how.
 * @throws forbidden, not_found, environment_mismatch, transition_not_allowed
 */
export async function finishWalk(walker: Walker, given: FinishInput & { sessionId: string }): Promise<WalkView> {
  authorizeWalk(walker, given.sessionId);
  const { status: target = null } = FinishInput.parse(given);
  return advance(walker, given.sessionId, { uploads: {} }, ({ steps, scenario, again }) => {
    const choices = planFinish(
      steps,
      scenario,
      target,
      (step) => !again || again.asked.some(({ nodeId }) => nodeId === step.nodeId),
    );
    return { choices, end: target ?? "by_result" };
  });
}

export const ArmInput = z.object({ sessionId: z.uuid(), scenario: ScenarioName });
export type ArmInput = z.input<typeof ArmInput>;
export interface ArmedSession {
  sessionId: string;
  scenario: Scenario;
}

/**
 * Sets how a session that nobody has begun will turn out.
 * @throws forbidden, not_found, invalid_input, environment_mismatch, transition_not_allowed
 */
export async function armSession(actor: Actor, given: ArmInput): Promise<ArmedSession> {
  authorize(actor, "write:sessions");
  const input = ArmInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { session, workflowSteps } = await loadWalk(tx, actor, input.sessionId, true);
    refuseScenario(
      session.environment,
      input.scenario,
      workflowSteps.map(({ feature }) => feature),
      "scenario",
    );
    if (session.status !== "Not Started")
      throw new DomainError(
        "transition_not_allowed",
        `Only a session that is Not Started can be armed; this one is ${session.status}.`,
      );
    await Promise.all([
      tx
        .update(sessions)
        .set({ sandboxScenario: input.scenario, version: session.version + 1, updatedAt: new Date() })
        .where(and(ownedBy(actor, sessions), eq(sessions.id, session.id))),
      recordAudit(tx, actor, {
        action: "session.arm",
        subjectKind: "session",
        subjectId: session.id,
        detail: { scenario: input.scenario },
      }),
    ]);
    return { sessionId: session.id, scenario: input.scenario };
  });
}

type End = Outcome | "by_result" | null;

/**
 * Draws what the walk needs without holding the session, then writes it if nothing has changed meanwhile; else it begins
 * anew with what is there now.
 */
async function advance(
  walker: Walker,
  sessionId: string,
  { uploads }: { uploads: Uploads },
  plan: (walk: Walk) => { choices: Choice[]; end: End },
): Promise<WalkView> {
  const fence: Fence = walker.kind === "applicant" ? { applicationId: walker.applicationId } : fenceOf(walker);
  for (let tries = 1; ; tries++) {
    const now = new Date();
    const { walk, forms, peoplesWorkflow } = await inTenant(fence, async (tx) => {
      const walk = await loadWalk(tx, fence, sessionId);
      return { walk, ...(await asked(tx, fence, walk)) };
    });
    const state = stateOf(walk, now);
    if (state === "finished") return inTenant(walker, async () => viewOf(walk, walker, now));
    const { choices, end } = plan(walk);
    const prepared = await prepareSteps(walk, choices, { uploads, forms, peoplesWorkflow }, now);
    try {
      return await inTenant(walker, async (tx) => {
        const locked = await loadWalk(tx, fence, sessionId, true);
        if (locked.session.version !== walk.session.version) throw new Overtaken();
        if (state === "not_started") await begin(tx, walker, locked, now);
        if (prepared.length > 0) await applySteps(tx, walker, locked, prepared, peoplesWorkflow, now);
        if (end) await finish(tx, walker, locked, end === "by_result" ? null : end, now);
        return viewOf(locked, walker, now);
      });
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      if (tries >= MAX_TRIES)
        throw new DomainError("stale_version", "Somebody else changed this session in the meantime. Try again.");
    }
  }
}

/** The session is not what it was when the step was drawn. */
class Overtaken extends Error {}

/** @throws environment_mismatch, transition_not_allowed */
function stateOf({ session }: Walk, now: Date) {
  const state = walkState(session, now);
  if (state === "live")
    throw new DomainError("environment_mismatch", "In live, capture is done by the connected vendor.");
  if (state === "expired" || state === "abandoned" || state === "waiting")
    throw new DomainError("transition_not_allowed", `A session that is ${session.status} cannot be walked any more.`);
  return state;
}

async function begin(tx: Tx, walker: Walker, walk: Walk, now: Date): Promise<void> {
  const { session } = walk;
  session.status = "In Progress";
  session.version += 1;
  await Promise.all([
    tx
      .update(sessions)
      .set({ status: session.status, version: session.version, updatedAt: now })
      .where(and(ownedBy(walker, sessions), eq(sessions.id, session.id))),
    recordAudit(tx, walker, { action: "session.start", subjectKind: "session", subjectId: session.id }),
    enqueue(tx, walker.applicationId, {
      type: "status.updated",
      payload: { session_id: session.id, status: session.status },
    }),
  ]);
}

/** The forms that the workflow names, and what it asks of a company's key people. */
async function asked(
  tx: Tx,
  fence: Fence,
  { steps }: Walk,
): Promise<{ forms: Map<string, Form>; peoplesWorkflow: PeoplesWorkflow | null }> {
  const named = steps.flatMap(({ nodeId, feature, config }) =>
    feature === "QUESTIONNAIRE" && typeof config.questionnaire_uuid === "string"
      ? [[nodeId, config.questionnaire_uuid] as const]
      : [],
  );
  const asksPeople = steps.some(({ feature, isOpen }) => feature === "KYB_KEY_PEOPLE" && isOpen);
  const [forms, workflow] = await Promise.all([
    named.length > 0
      ? tx
          .select()
          .from(questionnaires)
          .where(
            and(
              ownedBy(fence, questionnaires),
              inArray(
                questionnaires.id,
                named.map(([, id]) => id),
              ),
            ),
          )
      : [],
    asksPeople ? findWorkflow(tx, fence, { defaultOf: "user" }) : undefined,
  ]);
  return {
    forms: new Map(
      named.flatMap(([nodeId, id]) => {
        const form = forms.find((one) => one.id === id);
        return form ? [[nodeId, form] as const] : [];
      }),
    ),
    peoplesWorkflow: workflow ? { id: workflow.id, version: workflow.version, features: workflow.features } : null,
  };
}

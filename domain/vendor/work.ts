import { and, eq } from "drizzle-orm";
import { directory, inTenant, type Tx } from "@/db/client";
import { applications, sessions, vendorBodies, vendorInboxes, vendorMessages, vendorSessions } from "@/db/schema";
import { type Actor, ownedBy, systemActor } from "../actor";
import { bringInDecisions, type LineProblem, type LineResult, sealMedia } from "../sessions/bring-in";
import { expireBroughtIn, lockBroughtIn, replaceBroughtIn } from "../sessions/bring-in-again";
import { Decision } from "../sessions/decision";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { openBody } from "./body";
import { fetchMedia } from "./fetch-media";
import {
  contradictionOf,
  decisionOf,
  type Failure,
  type Message,
  type MessageState,
  mayPass,
  messageOf,
  planOf,
  type Reason,
  refusalOfUpdate,
  retryDelay,
} from "./rules";
import { parse } from "./signature";

/** A message that this worker has taken; `tries` tells whether somebody else has taken it over since. */
export interface Leased {
  applicationId: string;
  id: string;
  tries: number;
}

/** Somebody else has gone on with the message since our lease ran out, or it was given up. */
class TakenOver extends Error {}

/** Another message about the same session was a moment faster: look again at what is here. */
class LookAgain extends Error {}

const MAX_LOOKS = 5;

interface End {
  state: Exclude<MessageState, "waiting">;
  reason?: Reason;
  problems?: LineProblem[];
  sessionId?: string;
}

interface Job {
  actor: Actor;
  leased: Leased;
  inbox: typeof vendorInboxes.$inferSelect;
  ring: TenantKeyRing;
  message: Message;
}

/** Carries one message to its end, or as far as it goes. What a vendor can cause never throws. */
export async function workMessage(leased: Leased, stopping: AbortSignal): Promise<void> {
  const [application] = await directory().select().from(applications).where(eq(applications.id, leased.applicationId));
  if (!application) return;
  const system = systemActor(application);
  try {
    const job = await open(system, leased);
    if (!job) return;
    for (let looks = 1; ; looks++) {
      try {
        return await carry(job, stopping);
      } catch (error) {
        if (!(error instanceof LookAgain) || looks >= MAX_LOOKS) throw error;
      }
    }
  } catch (error) {
    if (error instanceof TakenOver) return;
    // The lease runs out by itself and tries are counted: what fails each time comes to an end.
    throw error;
  }
}

/** Loads the message inside the fence. @returns null when there is nothing left to do, which is then recorded */
async function open(system: Actor, leased: Leased): Promise<Job | null> {
  return inTenant(system, async (tx) => {
    const [[found], ring] = await Promise.all([
      tx
        .select({ inbox: vendorInboxes, body: vendorBodies })
        .from(vendorMessages)
        .innerJoin(
          vendorInboxes,
          and(
            eq(vendorInboxes.applicationId, vendorMessages.applicationId),
            eq(vendorInboxes.id, vendorMessages.inboxId),
          ),
        )
        .leftJoin(
          vendorBodies,
          and(
            eq(vendorBodies.applicationId, vendorMessages.applicationId),
            eq(vendorBodies.messageId, vendorMessages.id),
          ),
        )
        .where(mine(system, leased)),
      tenantKeyRing(tx, system.applicationId),
    ]);
    if (!found) return null;
    const { inbox, body } = found;
    const actor: Actor = { ...system, id: inbox.id, label: inbox.label };
    // Without a body: its session was erased, and the message with it.
    const parsed = body && parse(openBody(ring, leased.id, body));
    const message = parsed && messageOf(parsed.value);
    if (message) return { actor, leased, inbox, ring, message };
    await finish(tx, actor, leased, { state: "refused", reason: body ? "not_readable" : "session_erased" });
    return null;
  });
}

const mine = (actor: Actor, { id, tries }: Leased) =>
  and(
    ownedBy(actor, vendorMessages),
    eq(vendorMessages.id, id),
    eq(vendorMessages.state, "waiting"),
    eq(vendorMessages.tries, tries),
  );

/** @throws TakenOver */
async function finish(tx: Tx, actor: Actor, leased: Leased, end: End): Promise<void> {
  const updated = await tx
    .update(vendorMessages)
    .set({
      state: end.state,
      reason: end.reason ?? null,
      problems: end.problems ? end.problems.slice(0, 50).map(shown) : null,
      finishedAt: new Date(),
      leasedUntil: null,
      ...(end.sessionId && { sessionId: end.sessionId }),
    })
    .where(mine(actor, leased))
    .returning({ id: vendorMessages.id });
  if (updated.length === 0) throw new TakenOver();
  if (end.sessionId) await tieToSession(tx, actor, leased, end.sessionId);
}

/** From now on the message goes with its session. */
const tieToSession = (tx: Tx, actor: Actor, { id }: Leased, sessionId: string) =>
  tx
    .update(vendorBodies)
    .set({ sessionId })
    .where(and(ownedBy(actor, vendorBodies), eq(vendorBodies.messageId, id)));

/** Paths may hold keys of the vendor's making. */
const shown = ({ path, message }: LineProblem): LineProblem => ({
  path: clean(path, 200),
  message: clean(message, 300),
});
const clean = (text: string, length: number) => text.replace(/[\p{Cc}\p{Cs}]/gu, "\u{FFFD}").slice(0, length);

const end = (job: Job, how: End) => inTenant(job.actor, (tx) => finish(tx, job.actor, job.leased, how));

async function carry(job: Job, stopping: AbortSignal): Promise<void> {
  const { actor, message } = job;
  const plan = planOf(message, actor.environment);
  if (plan.do === "nothing") return end(job, { state: "acknowledged", reason: plan.reason });
  if (plan.do === "refuse") return end(job, { state: "refused", reason: plan.reason });

  const here = await inTenant(actor, (tx) => presentOf(tx, job));
  if (here.settled) return end(job, here.settled);
  if (plan.do === "expire") {
    if (!here.sessionId) return end(job, { state: "acknowledged", reason: "not_finished" });
    return update(job, here.sessionId, null);
  }

  const contradiction = contradictionOf(message);
  const given = decisionOf(message);
  const parsed = Decision.safeParse(given);
  const problems = contradiction
    ? [{ path: contradiction, message: "The message and its decision say different things." }]
    : parsed.error?.issues.map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }));
  if (problems || !parsed.data) return end(job, { state: "refused", reason: "not_a_decision", problems });

  const fetched = await fetchMedia(given, stopping);
  if (stopping.aborted) return release(job);
  if (!fetched.ok) return postpone(job, fetched.failure, fetched.problems, here.sessionId);

  if (here.sessionId) {
    const { decision, stored } = await sealMedia(job.ring, parsed.data, fetched.media);
    return update(job, here.sessionId, { decision, stored });
  }
  return bringIn(job, given, fetched.media);
}

/** What is here already of the session that the message is about. */
async function presentOf(tx: Tx, { actor, inbox, message }: Job): Promise<{ sessionId?: string; settled?: End }> {
  const reference = message.reference;
  if (!reference) return {};
  const [[known], [session]] = await Promise.all([
    tx
      .select()
      .from(vendorSessions)
      .where(
        and(
          ownedBy(actor, vendorSessions),
          eq(vendorSessions.inboxId, inbox.id),
          eq(vendorSessions.vendorReference, reference),
        ),
      ),
    tx
      .select({ id: sessions.id, via: vendorSessions.inboxId, source: sessions.sharedFromSession })
      .from(sessions)
      .leftJoin(
        vendorSessions,
        and(eq(vendorSessions.applicationId, sessions.applicationId), eq(vendorSessions.sessionId, sessions.id)),
      )
      .where(and(ownedBy(actor, sessions), eq(sessions.externalReference, reference))),
  ]);
  if (known && session?.id !== known.sessionId) return { settled: { state: "refused", reason: "session_erased" } };
  if (known && message.happenedAt * 1000 < known.happenedAt.getTime())
    return { settled: { state: "acknowledged", reason: "older_message", sessionId: known.sessionId } };
  if (!session) return {};
  // Two vendors may use the same id by chance or on purpose: only the one that brought a session speaks of it. What was
  // brought in by file or over the API belongs to whichever vendor goes on about it.
  const isAnothers = (session.via !== null && session.via !== inbox.id) || session.source !== null;
  return isAnothers ? { settled: { state: "refused", reason: "came_otherwise" } } : { sessionId: session.id };
}

async function bringIn(job: Job, decision: Record<string, unknown>, media: Map<string, Uint8Array>): Promise<void> {
  const { actor, leased, inbox, message } = job;
  const workflowId = (message.kind === "user" ? inbox.userWorkflowId : inbox.businessWorkflowId) ?? undefined;
  const settle = async (tx: Tx, results: unknown) => {
    const [result] = results as LineResult[];
    if (result?.ok) {
      await remember(tx, job, result.sessionId);
      return finish(tx, actor, leased, { state: "brought_in", sessionId: result.sessionId, problems: result.notes });
    }
    const problems = result?.problems ?? [];
    if (problems.some(({ path }) => path === "session_id")) throw new LookAgain();
    const noWorkflow = problems.some(({ path }) => path === "workflow_id");
    return finish(tx, actor, leased, {
      state: "refused",
      reason: noWorkflow ? "no_workflow" : "not_a_decision",
      problems,
    });
  };
  // The session, the trail, the events and this message's end are one transaction.
  await bringInDecisions({ ...actor, beforeCommit: settle }, [decision], media, { workflowId, requireMedia: true });
}

async function update(
  job: Job,
  sessionId: string,
  given: Parameters<typeof replaceBroughtIn>[4] | null,
): Promise<void> {
  const { actor, leased, ring, message } = job;
  await inTenant(actor, async (tx) => {
    const present = await lockBroughtIn(tx, actor, sessionId);
    if (!present) throw new LookAgain();
    // Behind the lock: another message about the session may have been applied meanwhile.
    const { settled } = await presentOf(tx, job);
    if (settled) return finish(tx, actor, leased, settled);
    const status = given ? given.decision.status : "Kyc Expired";
    const refusal = refusalOfUpdate(
      {
        status: present.session.status as typeof status,
        kind: present.session.kind,
        decidedHere: present.decidedHere,
      },
      { status, kind: message.kind },
    );
    if (refusal) return finish(tx, actor, leased, { state: "refused", reason: refusal, sessionId });
    const now = new Date();
    if (given) await replaceBroughtIn(tx, actor, ring, present, given, now);
    else await expireBroughtIn(tx, actor, present, now);
    await remember(tx, job, sessionId);
    await finish(tx, actor, leased, { state: "updated", sessionId });
  });
}

async function remember(tx: Tx, { actor, inbox, message }: Job, sessionId: string): Promise<void> {
  const happenedAt = new Date(message.happenedAt * 1000);
  await tx
    .insert(vendorSessions)
    .values({
      applicationId: actor.applicationId,
      inboxId: inbox.id,
      vendorReference: message.reference!,
      sessionId,
      happenedAt,
    })
    .onConflictDoUpdate({
      target: [vendorSessions.applicationId, vendorSessions.inboxId, vendorSessions.vendorReference],
      set: { happenedAt },
    });
}

/** Later by itself, while that may help; then it stays with its reason until somebody tries it again. */
async function postpone(job: Job, failure: Failure, problems: LineProblem[], sessionId?: string): Promise<void> {
  const { actor, leased } = job;
  const delay = mayPass(failure) ? retryDelay(leased.tries, Math.random()) : null;
  if (delay === null) return end(job, { state: "failed", reason: failure, problems, sessionId });
  await inTenant(actor, async (tx) => {
    await tx
      .update(vendorMessages)
      .set({
        reason: failure,
        problems: problems.map(shown),
        dueAt: new Date(Date.now() + delay * 1000),
        leasedUntil: null,
      })
      .where(mine(actor, leased));
    if (sessionId) await tieToSession(tx, actor, leased, sessionId);
  });
}

/** Given back untouched, for whoever is next. */
async function release({ actor, leased }: Job): Promise<void> {
  await inTenant(actor, (tx) =>
    tx
      .update(vendorMessages)
      .set({ leasedUntil: null, tries: leased.tries - 1 })
      .where(mine(actor, leased)),
  );
}

import { and, desc, eq, or } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { partnerships } from "@/db/schema";
import { type ApplicationCard, findApplication } from "../access/applications";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { meetPartner } from "./meet";
import { ofPair, type Pair } from "./relate";
import {
  afterStep,
  RELATION_STEPS,
  type RelationState,
  type RelationStep,
  type RelationView,
  SIDES,
  type Side,
} from "./relation-rules";

type Row = typeof partnerships.$inferSelect;

export const pairOf = (actor: Pick<Actor, "applicationId">, other: string, as: Side): Pair =>
  as === "issuer" ? { issuer: actor.applicationId, receiver: other } : { issuer: other, receiver: actor.applicationId };

/** The relation from this application's side. */
export function viewOf(applicationId: string, row: Row): RelationView {
  return {
    as: row.issuerApplicationId === applicationId ? "issuer" : "receiver",
    state: row.state,
    invitedByUs: row.invitedBy === null ? null : row.invitedBy === applicationId,
    pausedByUs: row.pausedBy === null ? null : row.pausedBy === applicationId,
    since: row.createdAt,
  };
}

export const otherOf = (applicationId: string, row: Row): string =>
  row.issuerApplicationId === applicationId ? row.receiverApplicationId : row.issuerApplicationId;

/** Every relation that this application is a side of, or those with one other; row-level security shows no others. */
export function relationsOf(tx: Tx, { applicationId }: Pick<Actor, "applicationId">, other?: string): Promise<Row[]> {
  const { issuerApplicationId: issuer, receiverApplicationId: receiver } = partnerships;
  return tx
    .select()
    .from(partnerships)
    .where(
      or(
        and(eq(issuer, applicationId), other ? eq(receiver, other) : undefined),
        and(eq(receiver, applicationId), other ? eq(issuer, other) : undefined),
      ),
    )
    .orderBy(desc(partnerships.createdAt));
}

export const InviteInput = z.object({
  /** Application id or client id. */
  application: z.string().trim().min(1).max(100),
  as: z.enum(SIDES),
});
export type InviteInput = z.input<typeof InviteInput>;

export interface Invited {
  application: ApplicationCard;
  relation: RelationView;
}

/**
 * Invites another application to share, one way: to take in from this one (`as` issuer) or to hand over to it. They accept
 * or decline. A relation that has ended can be invited into again.
 * @throws forbidden, invalid_input, environment_mismatch, conflict (there is one already)
 */
export async function invitePartner(actor: Actor, given: InviteInput): Promise<Invited> {
  authorize(actor, "write:partners");
  const input = InviteInput.parse(given);
  return inTenant(actor, async (tx) => {
    const by = z.uuid().safeParse(input.application).success
      ? { id: input.application }
      : { clientId: input.application };
    const application = await findApplication(tx, by);
    if (!application) throw invalidField("application_id", "Application not found.");
    if (application.id === actor.applicationId) throw invalidField("application_id", "This is your own application.");
    requireSameEnvironment(actor, application);
    const { issuer, receiver } = pairOf(actor, application.id, input.as);
    const now = new Date();
    const [row] = await tx
      .insert(partnerships)
      .values({
        issuerApplicationId: issuer,
        receiverApplicationId: receiver,
        state: "invited",
        invitedBy: actor.applicationId,
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: [partnerships.issuerApplicationId, partnerships.receiverApplicationId],
        set: { state: "invited", invitedBy: actor.applicationId, pausedBy: null, updatedAt: now },
        setWhere: eq(partnerships.state, "ended"),
      })
      .returning();
    if (!row) throw new DomainError("conflict", "You have this relation already, or they have invited you into it.");
    await Promise.all([
      meetPartner(tx, actor.applicationId, application.id),
      tell(tx, actor, application.id, input.as, "invited", "partner.invite"),
    ]);
    return { application, relation: viewOf(actor.applicationId, row) };
  });
}

export function requireSameEnvironment(actor: Actor, other: Pick<ApplicationCard, "environment">): void {
  if (other.environment === actor.environment) return;
  throw new DomainError(
    "environment_mismatch",
    "Sandbox and live never mix: that application is in the other environment.",
  );
}

const ACTIONS = {
  accept: "partner.accept",
  decline: "partner.decline",
  pause: "partner.pause",
  resume: "partner.resume",
  end: "partner.end",
} as const satisfies Record<RelationStep, string>;

export const StepInput = z.object({
  partnerApplicationId: z.uuid(),
  as: z.enum(SIDES),
  step: z.enum(RELATION_STEPS),
});
export type StepInput = z.input<typeof StepInput>;

/**
 * Accepts or declines an invitation, pauses, resumes or ends a relation.
 * @throws forbidden, not_found, conflict (not possible from the state it is in, or not this side's to do)
 */
export async function stepRelation(actor: Actor, given: StepInput): Promise<RelationView> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, as, step } = StepInput.parse(given);
  return inTenant(actor, async (tx) => {
    const pair = pairOf(actor, partnerApplicationId, as);
    const [row] = await tx.select().from(partnerships).where(ofPair(pair)).for("update");
    if (!row) throw new DomainError("not_found", "Not found.");
    const state = afterStep(viewOf(actor.applicationId, row), step);
    if (!state) throw new DomainError("conflict", "This is not possible now, or it is the other side's to do.");
    const [after] = await tx
      .update(partnerships)
      .set({ state, pausedBy: state === "paused" ? actor.applicationId : null, updatedAt: new Date() })
      .where(ofPair(pair))
      .returning();
    await Promise.all([
      step === "accept" && meetPartner(tx, actor.applicationId, partnerApplicationId),
      tell(tx, actor, partnerApplicationId, as, state, ACTIONS[step]),
    ]);
    return viewOf(actor.applicationId, after!);
  });
}

/** Both trails learn of it, the other side's through the outbox. */
export async function tell(
  tx: Tx,
  actor: Actor,
  other: string,
  as: Side,
  state: RelationState,
  action: (typeof ACTIONS)[RelationStep] | "partner.invite" | "partner.join",
): Promise<void> {
  const theirs = as === "issuer" ? "receiver" : "issuer";
  await Promise.all([
    recordAudit(tx, actor, {
      action,
      subjectKind: "partner",
      subjectId: other,
      counterpartyApplicationId: other,
      detail: { side: as, state },
    }),
    enqueue(
      tx,
      actor.applicationId,
      { type: "partner.relation_changed", payload: { partner_application_id: other, side: as, state } },
      {
        type: "partner.relation_changed",
        toApplicationId: other,
        payload: { partner_application_id: actor.applicationId, side: theirs, state },
      },
    ),
  ]);
}

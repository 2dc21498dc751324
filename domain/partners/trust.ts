import { and, count, desc, eq, inArray, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { members, memberships, organisations, partners, trustChanges } from "@/db/schema";
import { privilegesOf, ROLES } from "../access/rules";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { enqueue } from "../outbox/enqueue";

export interface TrustChange {
  number: number;
  /** What was asked for. */
  trusted: boolean;
  state: "waiting" | "in_effect" | "withdrawn" | "declined";
  /** Whether a second person was needed. */
  fourEyes: boolean;
  /** Of trust in this partner, once it is in effect. */
  version: number | null;
  requestedById: string;
  requestedByLabel: string;
  requestedAt: Date;
  settledByLabel: string | null;
  settledAt: Date | null;
}

/** How far a second person is needed here, and is there. */
export interface TrustRule {
  fourEyes: boolean;
  /** Members who could confirm what this actor asks for. */
  confirmers: number;
}

export interface TrustState extends TrustRule {
  trustDefault: boolean;
  version: number;
  waiting: TrustChange | null;
  /** The newest changes and requests, newest first; what waits is not among them. */
  history: TrustChange[];
}

const HISTORY = 20;
const CONFIRMING_ROLES = ROLES.filter((role) => privilegesOf(role).includes("write:partners"));

/** @throws forbidden */
export async function readTrustRule(actor: Actor): Promise<TrustRule> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) => ruleFor(tx, actor.organisationId, actor.id));
}

async function ruleFor(tx: Tx, organisationId: string, requesterId: string): Promise<TrustRule> {
  const [[organisation], [others]] = await Promise.all([
    tx
      .select({ fourEyes: organisations.fourEyesOnTrust })
      .from(organisations)
      .where(eq(organisations.id, organisationId)),
    tx
      .select({ count: count() })
      .from(memberships)
      .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
      .where(
        and(
          eq(memberships.organisationId, organisationId),
          inArray(memberships.role, CONFIRMING_ROLES),
          // An API key has an id of another kind: nobody is left out for it.
          z.uuid().safeParse(requesterId).success ? ne(memberships.memberId, requesterId) : undefined,
        ),
      ),
  ]);
  return { fourEyes: organisation?.fourEyes ?? true, confirmers: others?.count ?? 0 };
}

/** @throws forbidden, not_found */
export async function readTrust(actor: Actor, input: { partnerApplicationId: string }): Promise<TrustState> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) => stateOf(tx, actor, input.partnerApplicationId));
}

async function stateOf(tx: Tx, actor: Actor, partnerApplicationId: string): Promise<TrustState> {
  const [[partner], changes] = await Promise.all([
    tx
      .select()
      .from(partners)
      .where(ofPartner(actor, partners, partnerApplicationId)),
    tx
      .select()
      .from(trustChanges)
      .where(ofPartner(actor, trustChanges, partnerApplicationId))
      .orderBy(desc(trustChanges.number))
      .limit(HISTORY + 1),
  ]);
  if (!partner) throw new DomainError("not_found", "Not found.");
  const waiting = changes.find(({ state }) => state === "waiting") ?? null;
  return {
    ...(await ruleFor(tx, actor.organisationId, waiting?.requestedById ?? actor.id)),
    trustDefault: partner.trustDefault,
    version: partner.trustVersion,
    waiting,
    history: changes.filter(({ state }) => state !== "waiting").slice(0, HISTORY),
  };
}

const ofPartner = (actor: Actor, table: typeof partners | typeof trustChanges, partnerApplicationId: string) =>
  and(ownedBy(actor, table), eq(table.partnerApplicationId, partnerApplicationId));

/** The partner's row: changes of trust in one partner take turns on it. */
async function lockPartner(tx: Tx, actor: Actor, partnerApplicationId: string) {
  const [partner] = await tx
    .select()
    .from(partners)
    .where(ofPartner(actor, partners, partnerApplicationId))
    .for("update");
  if (!partner) throw new DomainError("not_found", "Not found.");
  // What waits is always the newest: while it waits, nothing else is asked for.
  const [last] = await tx
    .select()
    .from(trustChanges)
    .where(ofPartner(actor, trustChanges, partnerApplicationId))
    .orderBy(desc(trustChanges.number))
    .limit(1);
  const waiting = last?.state === "waiting" ? last : undefined;
  return { partner, waiting, nextNumber: (last?.number ?? 0) + 1 };
}

export const TrustInput = z.object({ partnerApplicationId: z.uuid(), trustDefault: z.boolean() });
export type TrustInput = z.input<typeof TrustInput>;

/**
 * The receiver's own setting: whether tokens of this partner that do not say `trust_review` keep the issuer's status.
 * Switching it off counts at once. Switching it on waits for a second member, unless the organisation has turned that off.
 * @throws forbidden, not_found, conflict (somebody else has asked for it already)
 */
export async function setTrustDefault(actor: Actor, given: TrustInput): Promise<TrustState> {
  authorize(actor, "write:partners");
  const input = TrustInput.parse(given);
  return inTenant(actor, async (tx) => {
    const { partner, waiting, nextNumber } = await lockPartner(tx, actor, input.partnerApplicationId);
    if (partner.trustDefault === input.trustDefault) return stateOf(tx, actor, input.partnerApplicationId);
    if (waiting && waiting.requestedById !== actor.id) {
      throw new DomainError("conflict", "Somebody has asked for this already. Confirm their request, or decline it.");
    }
    if (waiting) return stateOf(tx, actor, input.partnerApplicationId);
    const { fourEyes } = await ruleFor(tx, actor.organisationId, actor.id);
    const now = new Date();
    const change = {
      applicationId: actor.applicationId,
      partnerApplicationId: input.partnerApplicationId,
      number: nextNumber,
      trusted: input.trustDefault,
      fourEyes: fourEyes && input.trustDefault,
      requestedById: actor.id,
      requestedByLabel: actor.label,
      requestedAt: now,
    };
    if (change.fourEyes) {
      await Promise.all([
        tx.insert(trustChanges).values({ ...change, state: "waiting" }),
        recordAudit(tx, actor, {
          action: "partner.trust_requested",
          subjectKind: "partner",
          subjectId: input.partnerApplicationId,
          counterpartyApplicationId: input.partnerApplicationId,
          detail: { number: nextNumber },
        }),
      ]);
    } else {
      const version = partner.trustVersion + 1;
      await tx.insert(trustChanges).values({ ...change, state: "in_effect", version, ...settledBy(actor, now) });
      await takeEffect(tx, actor, partner, { trusted: input.trustDefault, version }, now);
    }
    return stateOf(tx, actor, input.partnerApplicationId);
  });
}

const settledBy = (actor: Actor, now: Date) => ({
  settledById: actor.id,
  settledByLabel: actor.label,
  settledAt: now,
});

async function takeEffect(
  tx: Tx,
  actor: Actor,
  partner: typeof partners.$inferSelect,
  { trusted, version }: { trusted: boolean; version: number },
  now: Date,
): Promise<void> {
  const { partnerApplicationId } = partner;
  await Promise.all([
    tx
      .update(partners)
      .set({ trustDefault: trusted, trustVersion: version, updatedAt: now })
      .where(ofPartner(actor, partners, partnerApplicationId)),
    recordAudit(tx, actor, {
      action: "partner.trust_changed",
      subjectKind: "partner",
      subjectId: partnerApplicationId,
      counterpartyApplicationId: partnerApplicationId,
      detail: { from: partner.trustDefault, to: trusted, version },
    }),
    enqueue(tx, actor.applicationId, {
      type: "partner.trust_changed",
      payload: { partner_application_id: partnerApplicationId, trust_default: trusted },
    }),
  ]);
}

export const SettleTrustInput = z.object({
  partnerApplicationId: z.uuid(),
  /** The request that was looked at. */
  number: z.int().min(1),
  decision: z.enum(["confirm", "drop"]),
});
export type SettleTrustInput = z.input<typeof SettleTrustInput>;

/**
 * Confirms a request to trust a partner, or drops it: whoever asked for it takes it back, anybody else declines it.
 * @throws forbidden, not_found, stale_version (it waits no longer), second_person_required (it is one's own)
 */
export async function settleTrustRequest(actor: Actor, given: SettleTrustInput): Promise<TrustState> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, number, decision } = SettleTrustInput.parse(given);
  // Four eyes are people's: a program could be both of its own.
  if (actor.kind !== "member") throw new DomainError("forbidden", "This takes a member of the organisation.");
  return inTenant(actor, async (tx) => {
    const { partner, waiting } = await lockPartner(tx, actor, partnerApplicationId);
    if (waiting?.number !== number) {
      throw new DomainError("stale_version", "This request is not waiting any more. Look at it again.");
    }
    const isOwn = waiting.requestedById === actor.id;
    const { fourEyes } = await ruleFor(tx, actor.organisationId, actor.id);
    if (decision === "confirm" && isOwn && fourEyes) {
      throw new DomainError(
        "second_person_required",
        "A second member has to confirm this: whoever asks for trust cannot be the one who grants it.",
      );
    }
    const now = new Date();
    const version = partner.trustVersion + 1;
    const state = decision === "confirm" ? "in_effect" : isOwn ? "withdrawn" : "declined";
    await tx
      .update(trustChanges)
      // The rule may have been turned off since it was asked for.
      .set({ state, fourEyes, ...(state === "in_effect" && { version }), ...settledBy(actor, now) })
      .where(and(ofPartner(actor, trustChanges, partnerApplicationId), eq(trustChanges.number, number)));
    if (state === "in_effect") await takeEffect(tx, actor, partner, { trusted: true, version }, now);
    else {
      await recordAudit(tx, actor, {
        action: state === "withdrawn" ? "partner.trust_withdrawn" : "partner.trust_declined",
        subjectKind: "partner",
        subjectId: partnerApplicationId,
        counterpartyApplicationId: partnerApplicationId,
        detail: { number },
      });
    }
    return stateOf(tx, actor, partnerApplicationId);
  });
}

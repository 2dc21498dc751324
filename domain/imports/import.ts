import { and, eq } from "drizzle-orm";
import { v4 as uuid, v7 as uuidInOrder } from "uuid";
import { inTenant, inTenantWithToken, type Tx, violates, withinLimits } from "@/db/client";
import { imports, partners, reviews } from "@/db/schema";
import { type Actor, authorize, authorizeSession, ownedBy } from "../actor";
import { footingOf, refusalOf } from "../agreements/gate";
import { type AgreementRef, auditedAgreement } from "../agreements/rules";
import { recordAudit } from "../audit/record";
import { entityKey, joinEntities, joinedEvents } from "../entities/join";
import { DomainError } from "../errors";
import { hasListEntries, landAfter, type Match, recordMatches } from "../lists/screen";
import { enqueue } from "../outbox/enqueue";
import { meetPartner } from "../partners/meet";
import { currentPolicy } from "../partners/policies";
import type { PolicyVerdict } from "../partners/policy";
import { relateBySharing } from "../partners/relate";
import type { Decision } from "../sessions/decision";
import { type DecisionView, loadDecision } from "../sessions/decision-view";
import { RecordOpener, sealComment, sealPolicyReasons } from "../sessions/record";
import { isFinished, landingStatus } from "../sessions/rules";
import { takeFromInbox } from "../share-inbox/inbox";
import { notePresented } from "../share-tokens/ledger";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { auditedTerms, sameTerms } from "../share-tokens/terms";
import { digestOf, lateClaims, type ShareTokenClaims, verifyShareToken } from "../share-tokens/token";
import { tenantKeyRing } from "../vault/tenant-keys";
import { findWorkflow } from "../workflows/read";
import { judgeSource, openDecision, screenSource, sharedBy } from "./arrival";
import { type PlannedClone, sealReduced, writeClones } from "./clone";
import { reduceDecision } from "./reduce";
import { noteRefusal } from "./refusal";
import { afterLists, afterPolicy, decideTrust, ImportInput, type Trust } from "./rules";
import {
  closeToken,
  findEarlierClones,
  findExistingImport,
  findPresentedToken,
  loadSource,
  type SourceSession,
} from "./source";
import { usableWorkflow } from "./workflow";

export interface ImportedSession {
  sessionId: string;
  sessionNumber: number;
  status: string;
  trust: Trust;
  /** What the receiver's policy for the issuer said; null when there is none. */
  policy: PolicyVerdict | null;
  /** The agreement that it was handed over under; null when there is none. */
  agreement: AgreementRef | null;
  view: DecisionView;
}

/** The policy refuses, and nothing has been consumed. */
export class RefusedByPolicy extends DomainError {
  constructor(readonly verdict: PolicyVerdict) {
    super("refused_by_policy", "Your policy for this partner refuses this session. The token has not been used up.", {
      more: { reasons: verdict.reasons },
    });
  }
}

/** Each lost race brings at least one key person; a company rarely shares more with others under way. */
const MAX_TRIES = 8;

const invalidToken = () => new DomainError("share_token_invalid", "Share token is invalid or has expired.");

/**
 * Redeems a share token: the receiver gets a full clone of the session, once.
 * @throws forbidden, share_token_invalid, share_token_wrong_application, already_imported, source_session_gone,
 *   environment_mismatch, session_not_finished, workflow_not_found, workflow_kind_mismatch, refused_by_policy, partner_paused,
 *   partner_ended, agreement_required, outside_agreement, onward_sharing_forbidden
 */
export async function importSharedSession(actor: Actor, given: ImportInput): Promise<ImportedSession> {
  authorize(actor, "write:sessions");
  const input = ImportInput.parse(given);
  const secrets = await shareTokenSecrets();
  const claims = verifyShareToken(input.shareToken, secrets, new Date());
  if (!claims) {
    const late = lateClaims(input.shareToken, secrets);
    if (late) await noteRefusal(actor, late, "share_token_invalid");
    throw invalidToken();
  }
  try {
    // Before the token's state is looked at: a stranger learns nothing from it and burns nothing.
    if (claims.for_application_id !== actor.applicationId) {
      throw new DomainError("share_token_wrong_application", "This share token is not intended for your application.");
    }
    return await redeem(actor, claims, digestOf(input.shareToken), input);
  } catch (error) {
    if (error instanceof DomainError) {
      const objections = error instanceof RefusedByPolicy ? error.verdict.reasons : [];
      await noteRefusal(
        actor,
        claims,
        error.code,
        objections.map((reason) => reason.code),
      );
    }
    throw error;
  }
}

async function redeem(
  actor: Actor,
  claims: ShareTokenClaims,
  digest: Buffer,
  input: ImportInput,
): Promise<ImportedSession> {
  for (let tries = 1; ; tries++) {
    try {
      const { applicationId, beforeCommit, limits } = actor;
      const [redeemed, view] = await inTenantWithToken({ applicationId }, claims.jti, async (tx) => {
        const redeemed = await redeemOnce(tx, actor, claims, digest, input);
        if (!beforeCommit) return [redeemed] as const;
        const view = await withinLimits(tx, actor, () => loadDecision(tx, actor, redeemed.sessionId));
        await beforeCommit(tx, { ...redeemed, view });
        return [redeemed, view] as const;
      });
      // Nobody waits for the reading back: the application's counter is free again.
      return {
        ...redeemed,
        view: view ?? (await inTenant({ applicationId, limits }, (tx) => loadDecision(tx, actor, redeemed.sessionId))),
      };
    } catch (error) {
      if (!violates(error, "sessions_once_per_source_and_application")) throw error;
      // Two tokens of one session, redeemed in the same instant: the index let one clone through.
      const existing = await ownImport(actor, claims);
      if (existing) throw duplicate(existing);
      // Another company's redemption brought the same key person in that instant: now they are here to be linked.
      if (tries >= MAX_TRIES) throw error;
    }
  }
}

async function redeemOnce(
  tx: Tx,
  actor: Actor,
  claims: ShareTokenClaims,
  digest: Buffer,
  input: ImportInput,
): Promise<Omit<ImportedSession, "view">> {
  const { applicationId } = actor;
  const issuerId = claims.from_application_id;
  const [token, existing] = await Promise.all([
    findPresentedToken(tx, claims, digest),
    findExistingImport(tx, applicationId, claims),
  ]);
  const now = new Date();
  if (!token || token.revokedAt || token.expiresAt <= now || !sameTerms(token.terms, claims.share))
    throw invalidToken();
  // Retries are many and records are large: a repeat is refused before the source is read.
  if (existing) throw duplicate(existing);
  const pair = { issuer: issuerId, receiver: applicationId };
  const [source, found, [partner], footing, policy, issuerRing, ring, hasLists] = await Promise.all([
    loadSource(tx, claims),
    findWorkflow(tx, actor, input.workflowId ? { id: input.workflowId } : { defaultOf: claims.session_kind }),
    tx
      .select()
      .from(partners)
      .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, issuerId))),
    footingOf(tx, pair, now),
    currentPolicy(tx, applicationId, issuerId),
    tenantKeyRing(tx, issuerId),
    tenantKeyRing(tx, applicationId),
    hasListEntries(tx, applicationId),
  ]);
  const root = source.root;
  if (!root) {
    // A token that was taken back since it was read opens nothing any more, and its holder hears what it always hears.
    const still = await findPresentedToken(tx, claims, digest);
    if (!still || still.revokedAt) throw invalidToken();
    throw new DomainError("source_session_gone", "Original session not found.");
  }
  if (root.session.environment !== actor.environment) {
    throw new DomainError(
      "environment_mismatch",
      "Sandbox and live never mix: this session comes from the other environment.",
    );
  }
  const refusal = refusalOf(footing, sharedBy(token, root), "redemption");
  if (refusal) throw refusal;
  const agreement = footing.agreement?.ref ?? null;
  const sourceStatus = root.session.status;
  if (!isFinished(sourceStatus)) {
    throw new DomainError(
      "session_not_finished",
      "Only finished sessions (Approved, Declined, In Review) can be shared.",
    );
  }
  const workflow = usableWorkflow(found, input.workflowId, claims.session_kind);

  const asked = decideTrust(input.trustReview, partner);
  const vendorData = input.vendorData ?? root.session.vendorData;
  const sessionId = uuid();
  const decisionOf = new Map<SourceSession, Decision>(
    [root, ...source.children].map((one) => {
      const whole = openDecision(issuerRing, one);
      return [one, claims.share ? reduceDecision(whole, claims.share) : whole];
    }),
  );
  const verdicts = judgeSource(policy, { ...source, root }, decisionOf, now);
  const verdict = verdicts && { version: verdicts.version, ...verdicts.root };
  if (verdict?.outcome === "refuse") throw new RefusedByPolicy(verdict);
  const trusted = afterPolicy(asked, verdict);
  const met = await screenSource(tx, ring, hasLists, { root, children: source.children, vendorData, decisionOf });
  const { landing, narrowed } = landAfter(landingStatus(sourceStatus, trusted.effective), met.root);
  const trust = afterLists(trusted, { matched: met.root.length > 0, narrowed });
  // The act itself goes beyond a key's limits, to find the clones there are; what it leaves behind may not.
  authorizeSession(actor, { workflowId: workflow.id, status: landing });

  // Two servers may redeem the same token in the same instant. The primary key on (application_id, share_token_id)
  // picks the winner; the loser waits here, then learns that it lost, before anything of a clone is written.
  const claimed = await tx
    .insert(imports)
    .values({
      applicationId,
      shareTokenId: claims.jti,
      sessionId,
      sourceApplicationId: issuerId,
      sourceSessionId: root.session.id,
      sourceStatus,
      landingStatus: landing,
      trustRequested: trust.requested,
      trustEffective: trust.effective,
      trustReasons: trust.reasons,
      ...(verdict && {
        policyVersion: verdict.version,
        policyOutcome: verdict.outcome,
        policyCodes: verdict.reasons.map((reason) => reason.code),
        sealedPolicyReasons: sealPolicyReasons(
          new RecordOpener(issuerRing, root.record).dataKey,
          claims.jti,
          verdict.reasons,
        ),
      }),
      agreement,
      importedByKind: actor.kind,
      importedByLabel: actor.label,
      importedAt: now,
    })
    .onConflictDoNothing()
    .returning({ sessionId: imports.sessionId });
  if (claimed.length === 0) {
    throw duplicate((await findExistingImport(tx, applicationId, claims)) ?? { sessionId, present: false });
  }
  // The issuer may be revoking it in this instant: whoever writes the token's row first has it their way.
  if (!(await closeToken(tx, claims, now))) throw invalidToken();

  const shared = (of: SourceSession) =>
    claims.share ? sealReduced(ring, of, decisionOf.get(of)!, claims.share, source.media) : undefined;
  const people = await planKeyPeople(
    tx,
    actor,
    source.children,
    (child) => asked.effective && verdicts?.people.get(child)?.outcome !== "review",
    met.children,
  );
  const entityIds = await joinEntities(
    tx,
    applicationId,
    [
      { kind: claims.session_kind, vendorData },
      ...people.clones.map(({ source: { session } }) => ({ kind: session.kind, vendorData: session.vendorData })),
    ],
    now,
  );
  const entityOf = (kind: "user" | "business", of: string | null) => entityIds.get(entityKey(kind, of)) ?? null;
  const clones: PlannedClone[] = [
    {
      source: root,
      decision: decisionOf.get(root)!,
      reduced: shared(root),
      matches: met.root,
      id: sessionId,
      status: landing,
      workflowId: workflow.id,
      workflowVersion: workflow.version,
      vendorData,
      entityId: entityOf(claims.session_kind, vendorData),
    },
    ...people.clones.map((clone) => ({
      ...clone,
      decision: decisionOf.get(clone.source)!,
      reduced: shared(clone.source),
      entityId: entityOf("user", clone.vendorData),
    })),
  ];
  // The company's matches name its people by their sessions here.
  const viaOf = (match: Match) => ({
    ...match,
    viaSessionId: match.viaSessionId && (people.idOf.get(match.viaSessionId) ?? match.viaSessionId),
  });
  await Promise.all([
    tx.insert(reviews).values(
      clones.map((clone) => {
        const id = uuidInOrder();
        const { dataKey } = clone.reduced?.record ?? new RecordOpener(issuerRing, clone.source.record);
        return {
          applicationId,
          id,
          sessionId: clone.id,
          action: "import" as const,
          actorKind: actor.kind,
          actorLabel: actor.label,
          madeInApplication: applicationId,
          previousStatus: clone.source.session.status,
          newStatus: clone.status,
          sealedComment: sealComment(dataKey, id, `Imported with trust_review=${trust.effective}`),
          createdAt: now,
        };
      }),
    ),
    meetPartner(tx, applicationId, issuerId),
    relateBySharing(tx, pair),
    notePresented(tx, actor, claims, { event: "redeemed", sessionId }, now),
    takeFromInbox(tx, actor, claims.jti, now),
    recordAudit(tx, actor, {
      action: "session.import",
      subjectKind: "session",
      subjectId: sessionId,
      counterpartyApplicationId: issuerId,
      detail: {
        share_token_id: claims.jti,
        source_session_id: root.session.id,
        workflow_id: workflow.id,
        trust_requested: trust.requested,
        trust_effective: trust.effective,
        landing_status: landing,
        ...(verdict && { policy_version: verdict.version, policy_outcome: verdict.outcome }),
        key_people: people.clones.length,
        ...auditedTerms(claims.share),
        ...auditedAgreement(agreement),
      },
    }),
    recordMatches(
      tx,
      applicationId,
      clones.map((clone) => ({ sessionId: clone.id, matches: clone.matches.map(viaOf) })),
      now,
    ),
    enqueue(
      tx,
      applicationId,
      ...clones.map((clone) => ({
        type: "status.updated" as const,
        payload: { session_id: clone.id, status: clone.status },
      })),
      ...joinedEvents(clones.map((clone) => ({ kind: clone.source.session.kind, entityId: clone.entityId }))),
      {
        type: "share_token.redeemed",
        toApplicationId: issuerId,
        payload: {
          share_token_id: claims.jti,
          session_id: root.session.id,
          trust_review: trust.effective,
          at: now.toISOString(),
        },
      },
    ),
  ]);

  const numbers = await writeClones(tx, issuerRing, ring, {
    shareTokenId: claims.jti,
    agreement,
    clones,
    media: source.media,
    links: source.links.flatMap(({ partyId, childSessionId }) => {
      const ours = people.idOf.get(childSessionId);
      return ours ? [{ parentSessionId: sessionId, partyId, childSessionId: ours }] : [];
    }),
    expiresAt: new Date(now.getTime() + workflow.sessionExpirationInSeconds * 1000),
    now,
  });
  return {
    sessionId,
    sessionNumber: numbers[0]!,
    status: landing,
    trust,
    policy: verdict,
    agreement,
  };
}

/** Key people's finished sessions come along (ruling 7); one that is here already is linked instead of cloned again. */
async function planKeyPeople(
  tx: Tx,
  actor: Actor,
  children: SourceSession[],
  isTrusted: (child: SourceSession) => boolean,
  metBy: ReadonlyMap<SourceSession, Match[]>,
) {
  const idOf = await findEarlierClones(
    tx,
    actor.applicationId,
    children.map((child) => child.session.id),
  );
  const clones: Omit<PlannedClone, "entityId" | "decision" | "reduced">[] = [];
  const workflow = children.length > 0 ? await findWorkflow(tx, actor, { anyOf: "user" }) : undefined;
  for (const child of children) {
    const { session } = child;
    const own = session.shareChain?.find((link) => link.applicationId === actor.applicationId);
    if (own) idOf.set(session.id, own.sessionId);
    if (idOf.has(session.id) || !isFinished(session.status) || !workflow) continue;
    const id = uuid();
    idOf.set(session.id, id);
    const matches = metBy.get(child) ?? [];
    clones.push({
      source: child,
      matches,
      id,
      status: landAfter(landingStatus(session.status, isTrusted(child)), matches).landing,
      workflowId: workflow.id,
      workflowVersion: workflow.version,
      vendorData: session.vendorData,
    });
  }
  return { clones, idOf };
}

function duplicate(existing: { sessionId: string; present: boolean }): DomainError {
  return new DomainError("already_imported", "This session has already been imported.", {
    more: existing.present ? { session_id: existing.sessionId } : { session_id: null },
  });
}

function ownImport(actor: Actor, claims: ShareTokenClaims) {
  return inTenantWithToken({ applicationId: actor.applicationId }, claims.jti, (tx) =>
    findExistingImport(tx, actor.applicationId, claims),
  );
}

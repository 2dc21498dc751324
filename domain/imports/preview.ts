import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { inTenant, inTenantWithToken, type Tx, withinLimits } from "@/db/client";
import { entities, type Omitted, partners, sessionSearch, sessions, stepRequests } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { footingOf, refusalOf } from "../agreements/gate";
import { hasListEntries, landAfter } from "../lists/screen";
import { enqueue } from "../outbox/enqueue";
import { currentPolicy } from "../partners/policies";
import type { PolicyVerdict } from "../partners/policy";
import { blocksOf, featureNamed } from "../sessions/blocks";
import { searchableOf } from "../sessions/card";
import type { Decision } from "../sessions/decision";
import { type FinishedStatus, isFinished, landingStatus, type SessionKind } from "../sessions/rules";
import { notePreviewed } from "../share-tokens/ledger";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { EVERYTHING, type ShareTerms } from "../share-tokens/terms";
import { digestOf, type ShareTokenClaims, verifyShareToken } from "../share-tokens/token";
import { blindIndexer } from "../vault/blind-index";
import { tenantKeyRing } from "../vault/tenant-keys";
import { findWorkflow } from "../workflows/read";
import { judgeSource, openDecision, screenSource, sharedBy } from "./arrival";
import { type InspectedToken, inspectShareToken } from "./inspect";
import { mediaNamedIn, omittedBy, reduceDecision } from "./reduce";
import { afterLists, afterPolicy, decideTrust, type PreviewInput, type Trust } from "./rules";
import { findEarlierClones, findPresentedToken, loadSource, type SourceSession } from "./source";
import { usableWorkflow } from "./workflow";

export interface PreviewBlock {
  feature: string;
  /** Of its items: what they agree on, else the first that is not approved. */
  status: string;
  count: number;
  media: number;
}

/** Whether a step of the workflow is answered by what would arrive. `omitted`: done there, and left out of the share. */
export type StepState = "satisfied" | "not_approved" | "omitted" | "missing";

export interface PreviewStep {
  /** In the workflow's vocabulary. */
  step: string;
  state: StepState;
  status: string | null;
}

export interface Preview {
  blocks: PreviewBlock[];
  /** Of the session and of the key people that come along. */
  media: number;
  keyPeople: { arriving: number; alreadyHere: number };
  omitted: Omitted | null;
  workflow: { id: string; label: string };
  steps: PreviewStep[];
  /** The User or Business that the session would join; null: a new one, or none without a reference. */
  entity: { id: string; vendorData: string; status: string; sessions: number } | null;
  /** Sessions here with the same number of document or registration, newest first; at most five. */
  sameNumber: { id: string; sessionNumber: number; status: string }[];
  trust: Trust;
  landingStatus: FinishedStatus;
  /** What the policy for the issuer says; null without one. When it refuses, nothing would land. */
  policy: ({ version: number } & PolicyVerdict) | null;
  /** What was asked of the issuer for this session and is not answered yet. */
  openRequest: { id: string; steps: string[]; createdAt: Date } | null;
}

export interface PreviewedToken {
  says: InspectedToken;
  /** Null when the token could not be redeemed as things are. */
  preview: Preview | null;
}

/**
 * What redeeming a token would bring, without redeeming it: nothing is used up. That it was looked at goes into the ledgers
 * of both sides, who looked into the receiver's alone. Whoever the token is not for learns no more than by inspecting it.
 * @throws forbidden, invalid_input, workflow_not_found, workflow_kind_mismatch; and what redeeming would be refused with by
 *   the relation or the agreement: partner_paused, partner_ended, agreement_required, outside_agreement,
 *   onward_sharing_forbidden
 */
export async function previewImport(actor: Actor, input: PreviewInput, now = new Date()): Promise<PreviewedToken> {
  authorize(actor, "write:sessions");
  const says = await inspectShareToken(actor, input, now);
  const claims = verifyShareToken(input.shareToken.trim(), await shareTokenSecrets(), now);
  if (claims && claims.for_application_id === actor.applicationId) await noteLook(actor, claims, now);
  if (says.state !== "ready" || !says.environmentMatches || !claims) return { says, preview: null };
  const preview = await inTenantWithToken({ applicationId: actor.applicationId }, claims.jti, (tx) =>
    previewWithin(tx, actor, claims, input, now),
  );
  return { says, preview };
}

async function noteLook(actor: Actor, claims: ShareTokenClaims, now: Date): Promise<void> {
  await inTenant({ applicationId: actor.applicationId }, async (tx) => {
    if (!(await notePreviewed(tx, actor, claims, now))) return;
    await enqueue(tx, actor.applicationId, {
      type: "share_token.previewed",
      toApplicationId: claims.from_application_id,
      payload: { share_token_id: claims.jti, session_id: claims.session_id, at: now.toISOString() },
    });
  });
}

async function previewWithin(
  tx: Tx,
  actor: Actor,
  claims: ShareTokenClaims,
  input: PreviewInput,
  now: Date,
): Promise<Preview | null> {
  const { applicationId } = actor;
  const issuerId = claims.from_application_id;
  const [source, token, footing, found, [partner], policy, issuerRing, ring, hasLists, [request]] = await Promise.all([
    loadSource(tx, claims),
    findPresentedToken(tx, claims, digestOf(input.shareToken.trim())),
    footingOf(tx, { issuer: issuerId, receiver: applicationId }, now),
    findWorkflow(tx, actor, input.workflowId ? { id: input.workflowId } : { defaultOf: claims.session_kind }),
    tx
      .select()
      .from(partners)
      .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, issuerId))),
    currentPolicy(tx, applicationId, issuerId),
    tenantKeyRing(tx, issuerId),
    tenantKeyRing(tx, applicationId),
    hasListEntries(tx, applicationId),
    tx
      .select({ id: stepRequests.id, steps: stepRequests.steps, createdAt: stepRequests.createdAt })
      .from(stepRequests)
      .where(
        and(
          ownedBy(actor, stepRequests),
          eq(stepRequests.direction, "sent"),
          eq(stepRequests.partnerApplicationId, issuerId),
          eq(stepRequests.sourceSessionId, claims.session_id),
          eq(stepRequests.state, "open"),
        ),
      ),
  ]);
  const root = source.root;
  // Gone, or no longer finished, since it was inspected a moment ago.
  if (!root || !token || !isFinished(root.session.status)) return null;
  const refusal = refusalOf(footing, sharedBy(token, root), "redemption");
  if (refusal) throw refusal;
  const workflow = usableWorkflow(found, input.workflowId, claims.session_kind);
  const terms = claims.share ?? EVERYTHING;
  const decisionOf = new Map<SourceSession, Decision>(
    [root, ...source.children].map((one) => {
      const whole = openDecision(issuerRing, one);
      return [one, claims.share ? reduceDecision(whole, claims.share) : whole];
    }),
  );
  const decision = decisionOf.get(root)!;
  const vendorData = input.vendorData ?? root.session.vendorData;
  const verdicts = judgeSource(policy, { ...source, root }, decisionOf, now);
  const verdict = verdicts && { version: verdicts.version, ...verdicts.root };
  const trusted = afterPolicy(decideTrust(input.trustReview, partner), verdict);
  const numbers = blindIndexer(ring).terms({ ...NO_TERMS, documentNumbers: searchableOf(decision).documentNumbers });
  const [met, earlier, here] = await Promise.all([
    screenSource(tx, ring, hasLists, { root, children: source.children, vendorData, decisionOf }),
    findEarlierClones(
      tx,
      applicationId,
      source.children.map((child) => child.session.id),
    ),
    withinLimits(tx, actor, () => whoIsHere(tx, actor, claims.session_kind, vendorData, numbers)),
  ]);
  const { landing, narrowed } = landAfter(landingStatus(root.session.status, trusted.effective), met.root);
  const arriving = source.children.filter(
    ({ session }) =>
      isFinished(session.status) &&
      !earlier.has(session.id) &&
      !session.shareChain?.some((link) => link.applicationId === applicationId),
  );
  const mediaOf = mediaCounter(source.media);
  return {
    blocks: blocksArriving(claims.session_kind, decision, (items) => mediaOf(root, items)),
    media: [root, ...arriving].reduce((sum, one) => sum + mediaOf(one, decisionOf.get(one)), 0),
    keyPeople: { arriving: arriving.length, alreadyHere: earlier.size },
    omitted: omittedBy(issuerId, terms, {
      ...root.session,
      hasMedia: source.media.some(({ sessionId }) => sessionId === root.session.id),
    }),
    workflow: { id: workflow.id, label: workflow.label },
    steps: stepsAnswered(workflow.features, decision, omittedFeatures(root, terms)),
    ...here,
    trust: afterLists(trusted, { matched: met.root.length > 0, narrowed }),
    landingStatus: landing,
    policy: verdict,
    openRequest: request ?? null,
  };
}

const NO_TERMS = { names: [], documentNumbers: [], emails: [], phones: [] };

type Item = { status: string; age_estimation?: unknown };
const itemsOf = (decision: Decision, key: string) =>
  ((decision as Record<string, unknown>)[key] as Item[] | null | undefined) ?? [];

const standingOf = (items: readonly Item[]) =>
  (items.find(({ status }) => status !== "Approved") ?? items[0])?.status ?? null;

function blocksArriving(kind: SessionKind, decision: Decision, mediaOf: (items: Item[]) => number): PreviewBlock[] {
  return blocksOf(kind).flatMap(({ key, feature }) => {
    const items = itemsOf(decision, key);
    const status = standingOf(items);
    return status === null ? [] : [{ feature, status, count: items.length, media: mediaOf(items) }];
  });
}

/** Media that a part of the record names and that are there to come along. */
function mediaCounter(media: readonly { sessionId: string; blobId: string }[]) {
  const present = new Set(media.map(({ sessionId, blobId }) => `${sessionId}|${blobId}`));
  return ({ session }: SourceSession, part: unknown) =>
    [...mediaNamedIn(part)].filter((blobId) => present.has(`${session.id}|${blobId}`)).length;
}

/** What the source had and the clone will not: left out now, or before it came to the issuer. */
function omittedFeatures({ session }: SourceSession, terms: ShareTerms): Set<string> {
  const had = new Set(session.features.map(({ feature }) => feature));
  return new Set([
    ...(session.omitted?.features ?? []).map(({ feature }) => feature),
    ...terms.omit.filter((feature) => had.has(feature)),
  ]);
}

/** Pure: which of a workflow's steps a record answers. An age is estimated from the liveness check. */
export function stepsAnswered(
  steps: readonly string[],
  decision: Decision,
  omitted: ReadonlySet<string>,
): PreviewStep[] {
  return [...new Set(steps)].map((step) => {
    const feature = step === "AGE_ESTIMATION" ? "LIVENESS" : featureNamed(step);
    const block = blocksOf(decision.session_kind).find((one) => one.feature === feature);
    const items = (block ? itemsOf(decision, block.key) : []).filter(
      (item) => step !== "AGE_ESTIMATION" || typeof item.age_estimation === "number",
    );
    const status = standingOf(items);
    if (status !== null) return { step, state: status === "Approved" ? "satisfied" : "not_approved", status };
    return { step, state: omitted.has(feature) ? "omitted" : "missing", status: null };
  });
}

/** Whether this person or company is known here already, as far as the caller may see. */
async function whoIsHere(
  tx: Tx,
  actor: Actor,
  kind: SessionKind,
  vendorData: string | null,
  terms: Buffer[],
): Promise<Pick<Preview, "entity" | "sameNumber">> {
  const [[entity], sameNumber] = await Promise.all([
    vendorData === null
      ? []
      : tx
          .select({
            id: entities.id,
            vendorData: entities.vendorData,
            status: entities.status,
            sessions: sql<number>`(select count(*)::int from sessions s
              where s.application_id = entities.application_id and s.entity_id = entities.id)`,
          })
          .from(entities)
          .where(and(ownedBy(actor, entities), eq(entities.kind, kind), eq(entities.vendorData, vendorData))),
    terms.length === 0
      ? []
      : tx
          .selectDistinct({ id: sessions.id, sessionNumber: sessions.sessionNumber, status: sessions.status })
          .from(sessionSearch)
          .innerJoin(
            sessions,
            and(eq(sessions.applicationId, sessionSearch.applicationId), eq(sessions.id, sessionSearch.sessionId)),
          )
          .where(and(ownedBy(actor, sessionSearch), inArray(sessionSearch.term, terms), eq(sessions.kind, kind)))
          .orderBy(desc(sessions.sessionNumber))
          .limit(5),
  ]);
  return { entity: entity ?? null, sameNumber };
}

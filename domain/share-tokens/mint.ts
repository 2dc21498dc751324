import { and, inArray } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { inTenant } from "@/db/client";
import { sessions, shareTokens } from "@/db/schema";
import { findApplication } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import { footingOf, refusalOf } from "../agreements/gate";
import { type AgreementRef, auditedAgreement, ceilingOf } from "../agreements/rules";
import { recordAudit } from "../audit/record";
import { DomainError, type ErrorCode, invalidField } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { meetPartner } from "../partners/meet";
import { holdRelation } from "../partners/relate";
import { isFinished, type SessionKind } from "../sessions/rules";
import type { HandOff } from "../share-inbox/rules";
import { recordTokenEvents } from "./ledger";
import { MintInput, TTL_DEFAULT_IN_SECONDS } from "./rules";
import { shareTokenSecrets } from "./signing-keys";
import { auditedTerms, type ShareTerms, sharesSomething, termsOfKind, withinCeiling } from "./terms";
import { digestOf, type ShareTokenClaims, signShareToken } from "./token";

export interface MintedToken {
  id: string;
  /** Shown this once; only its digest is stored. */
  token: string;
  claims: ShareTokenClaims;
  sessionId: string;
  sessionNumber: number;
  sessionKind: SessionKind;
  forApplicationId: string;
  forApplicationName: string;
  /** Null when everything is shared. */
  terms: ShareTerms | null;
  handOff: HandOff;
  /** The agreement in force; null when there is none. */
  agreement: AgreementRef | null;
  expiresAt: Date;
}

export type MintResult =
  | ({ ok: true } & MintedToken)
  | { ok: false; sessionId: string; code: ErrorCode; error: DomainError };

/**
 * Issues one one-time token per session, each for the same named application. Sessions that cannot be shared are
 * refused by name and the rest are minted.
 * @throws forbidden, invalid_input (scope unknown or our own, TTL out of bounds, nothing left to share),
 *   environment_mismatch, partner_paused, partner_ended, agreement_required, outside_agreement, onward_sharing_forbidden
 */
export async function mintShareTokens(actor: Actor, given: MintInput): Promise<MintResult[]> {
  authorize(actor, "write:sessions");
  const input = MintInput.parse(given);
  const [secret] = await shareTokenSecrets();

  return inTenant(actor, async (tx) => {
    const scope = input.forApplicationId ? { id: input.forApplicationId } : { clientId: input.partnerClientId ?? "" };
    const [found, target] = await Promise.all([
      tx
        .select()
        .from(sessions)
        .where(and(ownedBy(actor, sessions), inArray(sessions.id, input.sessionIds)))
        .for("share"),
      findApplication(tx, scope),
    ]);
    if (target?.id === actor.applicationId) {
      throw invalidField("for_application_id", "You cannot share a session with your own application.");
    }
    const pair = target && { issuer: actor.applicationId, receiver: target.id };
    const now = new Date();
    const footing = pair && (await footingOf(tx, pair, now));
    const agreed = footing?.agreement;
    // What was said stays as it was said, and is refused beyond the agreement; the rest follows the agreement.
    const ceiling = ceilingOf(agreed?.terms);
    const chosen = { omit: input.share?.omit ?? ceiling.omit, media: input.share?.media ?? ceiling.media };
    const allTerms = withinCeiling(chosen, ceiling);
    const ttlInSeconds =
      input.ttlInSeconds ??
      Math.min(TTL_DEFAULT_IN_SECONDS, agreed?.terms.ttlCeilingInSeconds ?? TTL_DEFAULT_IN_SECONDS);
    const byId = new Map(found.map((session) => [session.id, session]));
    const issuedAt = Math.floor(now.getTime() / 1000);

    const results = input.sessionIds.map((sessionId): MintResult => {
      const refuse = (error: DomainError): MintResult => ({ ok: false, sessionId, code: error.code, error });
      const session = byId.get(sessionId);
      if (!session) return refuse(new DomainError("not_found", "Not found."));
      if (!isFinished(session.status)) {
        return refuse(
          new DomainError(
            "session_not_finished",
            "Only finished sessions (Approved, Declined, In Review) can be shared.",
          ),
        );
      }
      if (!target) return refuse(invalidField("for_application_id", "Application not found."));
      if (session.environment !== target.environment || actor.environment !== target.environment) {
        return refuse(
          new DomainError(
            "environment_mismatch",
            "Sandbox and live never mix: this application is in the other environment.",
          ),
        );
      }
      const refusal = refusalOf(
        footing!,
        {
          kind: session.kind,
          features: session.features.map(({ feature }) => feature),
          terms: chosen,
          ttlInSeconds,
          cameUnder: session.agreement,
          mintedUnder: null,
        },
        "mint",
      );
      if (refusal) return refuse(refusal);
      if (session.shareChain?.some((link) => link.applicationId === target.id)) {
        return refuse(
          invalidField(
            "for_application_id",
            "This session came through that application and cannot be shared back to it.",
          ),
        );
      }
      const terms = termsOfKind(allTerms, session.kind);
      if (!sharesSomething(terms, session.features)) {
        return refuse(
          sharesSomething({ ...chosen, omit: input.share?.omit ?? [] }, session.features)
            ? new DomainError("outside_agreement", "The agreement allows none of the session's blocks to be shared.")
            : invalidField("share", "Nothing would be shared: at least one of the session's blocks must stay."),
        );
      }
      const claims: ShareTokenClaims = {
        session_id: session.id,
        session_kind: session.kind,
        from_application_id: actor.applicationId,
        for_application_id: target.id,
        iat: issuedAt,
        exp: issuedAt + ttlInSeconds,
        jti: uuid(),
        ...(terms && { share: terms }),
      };
      return {
        ok: true,
        id: claims.jti,
        token: signShareToken(claims, secret),
        claims,
        sessionId: session.id,
        sessionNumber: session.sessionNumber,
        sessionKind: session.kind,
        forApplicationId: target.id,
        forApplicationName: target.name,
        terms,
        handOff: input.handOff,
        agreement: agreed?.ref ?? null,
        expiresAt: new Date(claims.exp * 1000),
      };
    });

    const minted = results.filter((result) => result.ok);
    if (minted.length > 0) {
      await Promise.all([
        tx.insert(shareTokens).values(
          minted.map((one) => ({
            applicationId: actor.applicationId,
            id: one.id,
            sessionId: one.sessionId,
            sessionKind: one.sessionKind,
            forApplicationId: one.forApplicationId,
            digest: digestOf(one.token),
            signingKeyId: secret.id,
            ttlInSeconds,
            terms: one.terms,
            agreement: one.agreement,
            issuedAt: new Date(issuedAt * 1000),
            expiresAt: one.expiresAt,
            mintedByKind: actor.kind,
            mintedById: actor.id,
            mintedByLabel: actor.label,
            handOff: input.handOff,
          })),
        ),
        meetPartner(tx, actor.applicationId, minted[0]!.forApplicationId),
        holdRelation(tx, pair!),
        recordTokenEvents(
          tx,
          actor,
          minted.map((one) => ({
            shareTokenId: one.id,
            side: "issuer",
            event: "minted",
            partnerApplicationId: one.forApplicationId,
            at: new Date(issuedAt * 1000),
          })),
        ),
        recordAudit(
          tx,
          actor,
          ...minted.map((one) => ({
            action: "share_token.mint" as const,
            subjectKind: "share_token" as const,
            subjectId: one.id,
            counterpartyApplicationId: one.forApplicationId,
            detail: {
              session_id: one.sessionId,
              ttl_in_seconds: ttlInSeconds,
              ...(input.handOff !== "manual" && { hand_off: input.handOff }),
              ...auditedTerms(one.terms),
              ...auditedAgreement(one.agreement),
            },
          })),
        ),
        enqueue(
          tx,
          actor.applicationId,
          ...minted.map((one) => ({
            type: "share_token.minted" as const,
            payload: { share_token_id: one.id, session_id: one.sessionId, for_application_id: one.forApplicationId },
          })),
          // Its id alone: the receiver's worker makes the token of the row that is addressed to it.
          ...(input.handOff === "manual" ? [] : minted).map((one) => ({
            type: "share_token.received" as const,
            toApplicationId: one.forApplicationId,
            payload: { share_token_id: one.id },
          })),
        ),
      ]);
    }
    return results;
  });
}

/**
 * Issues a one-time token that lets one named application import one finished session.
 * @throws forbidden, invalid_input, not_found, session_not_finished, environment_mismatch, partner_paused, partner_ended,
 *   agreement_required, outside_agreement, onward_sharing_forbidden
 */
export async function mintShareToken(
  actor: Actor,
  input: Omit<MintInput, "sessionIds"> & { sessionId: string },
): Promise<MintedToken> {
  const { sessionId, ...rest } = input;
  const beforeCommit = actor.beforeCommit;
  const [result] = await mintShareTokens(
    {
      ...actor,
      beforeCommit:
        beforeCommit &&
        (async (tx, results) => {
          const [only] = results as MintResult[];
          if (only?.ok) await beforeCommit(tx, only);
        }),
    },
    { ...rest, sessionIds: [sessionId] },
  );
  if (!result?.ok) throw result?.error ?? new DomainError("not_found", "Not found.");
  return result;
}

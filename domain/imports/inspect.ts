import { and, eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { partners } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { SessionKind } from "../sessions/rules";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { EVERYTHING, type ShareTerms } from "../share-tokens/terms";
import { digestOf, lateClaims, verifyShareToken } from "../share-tokens/token";
import { decideTrust, type Trust } from "./rules";
import { peekAtToken } from "./source";

/** What a pasted token says before anything is consumed. */
export type InspectedToken =
  | { state: "invalid" }
  | { state: "expired"; kind: SessionKind; issuedAt: Date; expiresAt: Date }
  | { state: "wrong_application"; kind: SessionKind; expiresAt: Date }
  | {
      /** `unavailable` stands for revoked, and for a source that is gone: the holder is not told which. */
      state: "ready" | "already_imported" | "unavailable";
      kind: SessionKind;
      issuer: ApplicationCard | null;
      sourceSessionId: string;
      issuedAt: Date;
      expiresAt: Date;
      environmentMatches: boolean;
      /** What the issuer leaves out. */
      share: ShareTerms;
      /** The caller's own session, when it is here already. */
      existingSessionId: string | null;
      /** Where trust starts if the import does not say (ruling 3). */
      trust: Trust;
    };

/**
 * Reads a token without redeeming it. Nothing is written and the issuer learns nothing.
 * @throws forbidden
 */
export async function inspectShareToken(
  actor: Actor,
  input: { shareToken: string },
  now = new Date(),
): Promise<InspectedToken> {
  authorize(actor, "write:sessions");
  const text = input.shareToken.trim();
  const secrets = await shareTokenSecrets();
  const claims = verifyShareToken(text, secrets, now);
  if (!claims) {
    // Genuine but late is worth telling apart for a person: what to ask the issuer for is then clear.
    const atIssue = lateClaims(text, secrets, now);
    if (!atIssue) return { state: "invalid" };
    return {
      state: "expired",
      kind: atIssue.session_kind,
      issuedAt: new Date(atIssue.iat * 1000),
      expiresAt: new Date(atIssue.exp * 1000),
    };
  }
  const expiresAt = new Date(claims.exp * 1000);
  if (claims.for_application_id !== actor.applicationId)
    return { state: "wrong_application", kind: claims.session_kind, expiresAt };

  const opened = await peekAtToken(actor, claims, digestOf(text));
  const [cards, [partner]] = await Promise.all([
    applicationCards([claims.from_application_id]),
    inTenant({ applicationId: actor.applicationId }, (tx) =>
      tx
        .select()
        .from(partners)
        .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, claims.from_application_id))),
    ),
  ]);
  return {
    state: opened.existing ? "already_imported" : opened.isOpen ? "ready" : "unavailable",
    kind: claims.session_kind,
    issuer: cards.get(claims.from_application_id) ?? null,
    sourceSessionId: claims.session_id,
    issuedAt: new Date(claims.iat * 1000),
    expiresAt,
    environmentMatches: opened.environment === null || opened.environment === actor.environment,
    share: claims.share ?? EVERYTHING,
    existingSessionId: opened.existing?.present ? opened.existing.sessionId : null,
    trust: decideTrust(undefined, partner),
  };
}

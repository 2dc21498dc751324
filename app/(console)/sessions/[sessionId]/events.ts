import { objs, text } from "@/components/record/values";
import type { ReviewView } from "@/domain/sessions/decision-view";
import type { SessionView } from "@/domain/sessions/read";

export type SessionEvent =
  | { kind: "created" | "finished" | "sourceFinished"; at: Date }
  | { kind: "minted" | "redeemed" | "revoked"; at: Date; by: string | null; applicationId: string; tokenId: string }
  | { kind: "imported"; at: Date; by: string; tokenId: string; landingStatus: string }
  | { kind: "review"; at: Date; review: ReviewView }
  | { kind: "vendorReview"; at: Date; by: string | null; status: string | null; comment: string | null };

/** All that happened to a session, the latest first. */
export function eventsOf(view: SessionView): SessionEvent[] {
  const { session, provenance } = view;
  const events: SessionEvent[] = [];
  const imported = provenance?.import;

  if (imported)
    events.push({
      kind: "imported",
      at: imported.importedAt,
      by: imported.importedByLabel,
      tokenId: imported.shareTokenId,
      landingStatus: imported.landingStatus,
    });
  if (provenance?.sourceFinishedAt) events.push({ kind: "sourceFinished", at: provenance.sourceFinishedAt });
  else if (session.finishedAt) events.push({ kind: "finished", at: session.finishedAt });
  // A clone came into being by its import.
  if (!imported) events.push({ kind: "created", at: session.createdAt });
  for (const token of view.shareTokens) {
    const common = { applicationId: token.forApplicationId, tokenId: token.id };
    events.push({ kind: "minted", at: token.issuedAt, by: token.mintedByLabel, ...common });
    if (token.redeemedAt) events.push({ kind: "redeemed", at: token.redeemedAt, by: null, ...common });
    if (token.revokedAt) events.push({ kind: "revoked", at: token.revokedAt, by: token.revokedByLabel, ...common });
  }
  for (const review of view.reviews) {
    // The import itself is already told, with its token.
    if (review.action === "import" && imported) continue;
    events.push({ kind: "review", at: review.createdAt, review });
  }
  for (const review of objs(view.body.reviews)) {
    const at = new Date(text(review.created_at) ?? Number.NaN);
    if (Number.isNaN(at.getTime())) continue;
    events.push({
      kind: "vendorReview",
      at,
      by: text(review.user),
      status: text(review.new_status),
      comment: text(review.comment),
    });
  }
  return events.sort((one, other) => other.at.getTime() - one.at.getTime());
}

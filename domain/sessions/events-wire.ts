import { toActivity } from "./activity-wire";
import { BLOCKS, blocksOf } from "./blocks";
import type { SessionView } from "./read";
import { isoSeconds, toDecision, type WireContext, wireStatus } from "./wire";

/** Contract section 3, `include=events`: what happened, and the features by the steps that they were. */
export function toDecisionWithEvents(view: SessionView, context: WireContext): Record<string, unknown> {
  return {
    ...toDecision(view, context),
    features: featuresOf(view),
    events: eventsOf(view, context),
    activity_reviews: view.reviews.map((review) => toActivity({ ...review, change: null }, view.session.kind, context)),
    blocklisted: blocklistedOf(view),
    // What a session cost is on the usage page; imports cost nothing.
    cost_breakdown: null,
  };
}

type Item = { node_id?: unknown; status?: unknown; warnings?: { risk?: unknown }[] | null };

const itemsOf = (view: SessionView, key: string) =>
  ((view.body as Record<string, unknown>)[key] as Item[] | null | undefined) ?? [];

/** In this form the e-mail step has its short name. */
const shortName = (feature: string) => (feature === "EMAIL_VERIFICATION" ? "EMAIL" : feature);

function featuresOf(view: SessionView) {
  const reached = blocksOf(view.session.kind).flatMap(({ key, feature }) =>
    itemsOf(view, key).map((item) => ({ feature: shortName(feature), node_id: item.node_id ?? null })),
  );
  const seen = new Set(reached.map((one) => one.feature));
  const waiting = view.session.features
    .map(({ feature }) => feature)
    .filter((feature) => !seen.has(shortName(feature)))
    .map((feature) => {
      const name = BLOCKS.find((block) => block.feature === feature)?.workflowFeature ?? feature;
      return { feature: shortName(feature), node_id: `feature_${name.toLowerCase()}` };
    });
  return [...reached, ...waiting];
}

function eventsOf(view: SessionView, context: WireContext) {
  const { session } = view;
  const status = (of: string | null) => of && wireStatus(session.kind, of, context.kybStatusFormat);
  const events = [
    { type: "SESSION_CREATED", at: session.createdAt, details: {} as Record<string, unknown> },
    ...(session.finishedAt && !session.sharedFromSession
      ? [{ type: "SESSION_FINISHED", at: session.finishedAt, details: {} }]
      : []),
    ...view.reviews.map((review) => ({
      type:
        review.newStatus && review.action !== "step" && review.action !== "note"
          ? "STATUS_UPDATED"
          : TYPES[review.action],
      at: review.createdAt,
      details: {
        review_id: review.id,
        ...(review.newStatus && {
          previous_status: review.action === "step" ? review.previousStatus : status(review.previousStatus),
          new_status: review.action === "step" ? review.newStatus : status(review.newStatus),
        }),
        ...(review.changedFields && { changed_fields: review.changedFields }),
      },
    })),
    ...view.shareTokens.flatMap((token) => [
      { type: "SESSION_SHARED", at: latest(token.issuedAt, session.finishedAt), details: { share_token_id: token.id } },
      ...(token.redeemedAt
        ? [{ type: "SHARE_REDEEMED", at: token.redeemedAt, details: { share_token_id: token.id } }]
        : []),
      ...(token.revokedAt
        ? [{ type: "SHARE_REVOKED", at: token.revokedAt, details: { share_token_id: token.id } }]
        : []),
    ]),
  ];
  return events
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ type, at, details }) => ({ type, timestamp: isoSeconds(at), details }));
}

/** A token is dated to the second (`iat`), and nothing was shared before it was finished. */
const latest = (issuedAt: Date, finishedAt: Date | null) =>
  finishedAt && finishedAt > issuedAt && finishedAt.getTime() - issuedAt.getTime() < 1000 ? finishedAt : issuedAt;

const TYPES: Record<SessionView["reviews"][number]["action"], string> = {
  import: "SESSION_IMPORTED",
  decision: "STATUS_UPDATED",
  resubmission: "STATUS_UPDATED",
  note: "NOTE_ADDED",
  correction: "DATA_UPDATED",
  step: "STEP_UPDATED",
  expiry: "STATUS_UPDATED",
  undo: "STATUS_UPDATED",
};

const LISTED = {
  face: "FACE_IN_BLOCKLIST",
  document: "ID_DOCUMENT_IN_BLOCKLIST",
  phone: "PHONE_NUMBER_IN_BLOCKLIST",
  email: "EMAIL_IN_BLOCKLIST",
} as const;

function blocklistedOf(view: SessionView) {
  const risks = new Set(
    blocksOf(view.session.kind).flatMap(({ key }) =>
      itemsOf(view, key).flatMap((item) => (item.warnings ?? []).map((warning) => warning.risk)),
    ),
  );
  return Object.fromEntries(Object.entries(LISTED).map(([name, risk]) => [name, risks.has(risk)]));
}

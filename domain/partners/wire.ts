import { z } from "zod";
import { ENVIRONMENTS } from "../access/rules";
import { isoSeconds } from "../sessions/wire";
import type { PartnerLink } from "./links";
import type { Invited } from "./pairing";
import type { PartnerPage, PartnerView } from "./partners";
import type { PolicyTrial, PolicyVersion } from "./policies";
import { PolicyRule, PolicyRules, REASON_CODES } from "./policy";
import { RELATION_STATES, RELATION_STEPS, type RelationView, SIDES } from "./relation-rules";
import type { TrustState } from "./trust";

/** Ours: partners as the API tells of them. A rule is spelled there as it is here. */

const isoOrNull = (at: Date | null) => at && isoSeconds(at);

const TrustRequest = z.object({
  number: z.int(),
  requested_by: z.string(),
  requested_at: z.string(),
});

const toTrustRequest = (request: { number: number; requestedByLabel: string; requestedAt: Date }) => ({
  number: request.number,
  requested_by: request.requestedByLabel,
  requested_at: isoSeconds(request.requestedAt),
});

export const RelationAnswer = z.object({
  as: z.enum(SIDES).describe("What you are in it: `issuer` hands over, `receiver` takes in."),
  state: z.enum(RELATION_STATES),
  invited_by_us: z.boolean().nullable().describe("Null when it came about by a share."),
  paused_by_us: z.boolean().nullable().describe("Whoever paused it resumes it. Null unless it is paused."),
  since: z.string(),
});

export const toRelation = (relation: RelationView): z.input<typeof RelationAnswer> => ({
  as: relation.as,
  state: relation.state,
  invited_by_us: relation.invitedByUs,
  paused_by_us: relation.pausedByUs,
  since: isoSeconds(relation.since),
});

export const InvitePartnerBody = z.object({
  application_id: z.string().trim().min(1).max(100).describe("Application id or client id."),
  as: z.enum(SIDES).describe("What you will be: `receiver` to take in from them, `issuer` to hand over to them."),
});
export const StepBody = z.object({ as: z.enum(SIDES), step: z.enum(RELATION_STEPS) });
export const LinkBody = z.object({ as: z.enum(SIDES).describe("What you will be.") });
export const AcceptLinkBody = z.object({ link: z.string().trim().min(1).max(500) });

export const PairedAnswer = z.object({
  application_id: z.uuid(),
  application_name: z.string(),
  organisation_name: z.string(),
  relation: RelationAnswer,
});
export const toPaired = ({ application, relation }: Invited): z.input<typeof PairedAnswer> => ({
  application_id: application.id,
  application_name: application.name,
  organisation_name: application.organisationName,
  relation: toRelation(relation),
});

export const LinkRow = z.object({
  link_id: z.uuid(),
  as: z.enum(SIDES),
  created_by: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
});
export const NewLinkAnswer = LinkRow.extend({ url: z.string().describe("Shown this once; it pairs once.") });
export const toLink = (link: PartnerLink): z.input<typeof LinkRow> => ({
  link_id: link.id,
  as: link.as,
  created_by: link.createdByLabel,
  created_at: isoSeconds(link.createdAt),
  expires_at: isoSeconds(link.expiresAt),
});

export const PartnerRow = z.object({
  application_id: z.uuid(),
  application_name: z.string().nullable(),
  organisation_name: z.string().nullable(),
  environment: z.enum(ENVIRONMENTS).nullable(),
  relations: z.array(RelationAnswer).describe("One for each direction in which the two share, or might."),
  trust_default: z.boolean().describe("What an import keeps to that does not say `trust_review`."),
  trust_version: z.int().describe("How often it has been switched."),
  trust_request: TrustRequest.nullable().describe("A request to switch it on that nobody has confirmed yet."),
  minted: z.int().describe("Share tokens minted for this partner."),
  imported: z.int().describe("Sessions imported from this partner."),
  last_minted_at: z.string().nullable(),
  last_imported_at: z.string().nullable(),
  created_at: z.string(),
});

export const toPartner = (view: PartnerView): z.input<typeof PartnerRow> => ({
  application_id: view.applicationId,
  application_name: view.application?.name ?? null,
  organisation_name: view.application?.organisationName ?? null,
  environment: view.application?.environment ?? null,
  relations: view.relations.map(toRelation),
  trust_default: view.trustDefault,
  trust_version: view.trustVersion,
  trust_request: view.trustRequest && toTrustRequest(view.trustRequest),
  minted: view.minted,
  imported: view.imported,
  last_minted_at: isoOrNull(view.lastMintedAt),
  last_imported_at: isoOrNull(view.lastImportedAt),
  created_at: isoSeconds(view.createdAt),
});

export const PartnerAnswer = PartnerRow.extend({
  legal_name: z.string().nullable(),
  country: z.string().nullable(),
  ecosystem_role: z.string().nullable().describe("What they are to their partners, in their own words."),
  contact_email: z.string().nullable(),
});
export const toPartnerPage = (page: PartnerPage): z.input<typeof PartnerAnswer> => ({
  ...toPartner(page),
  legal_name: page.organisation?.legalName ?? null,
  country: page.organisation?.country ?? null,
  ecosystem_role: page.organisation?.ecosystemRole ?? null,
  contact_email: page.organisation?.contactEmail ?? null,
});

export const TrustBody = z.object({ trust_default: z.boolean() });
export const SettleTrustBody = z.object({ number: z.int().min(1).describe("Of the request that you read.") });

export const TrustSettingAnswer = z.object({
  trust_default: z.boolean(),
  version: z.int().describe("How often it has been switched."),
  four_eyes: z.boolean().describe("Whether switching it on takes a second member."),
  request: TrustRequest.nullable().describe("What waits to be confirmed."),
  history: z.array(
    TrustRequest.extend({
      trust_default: z.boolean().describe("What was asked for."),
      state: z.enum(["in_effect", "withdrawn", "declined"]),
      version: z.int().nullable(),
      settled_by: z.string(),
      settled_at: z.string(),
    }),
  ),
});

export const toTrustSetting = (state: TrustState) => ({
  trust_default: state.trustDefault,
  version: state.version,
  four_eyes: state.fourEyes,
  request: state.waiting && toTrustRequest(state.waiting),
  history: state.history.map((change) => ({
    ...toTrustRequest(change),
    trust_default: change.trusted,
    state: change.state,
    version: change.version,
    settled_by: change.settledByLabel,
    settled_at: isoOrNull(change.settledAt),
  })),
});

export const PolicyBody = z.object({
  rules: PolicyRules.describe("In the order in which reasons are given; empty: nothing is asked."),
  expected_version: z
    .int()
    .min(0)
    .nullish()
    .describe("The version you read; another one meanwhile is a 409 `stale_version`."),
});
export const PolicyTrialBody = PolicyBody.pick({ rules: true });

export const PolicyAnswer = z.object({
  version: z.int().describe("0 when there has never been a policy."),
  rules: z.array(PolicyRule),
  created_by: z.string().nullable(),
  created_at: z.string().nullable(),
});

export const toPolicy = (version: PolicyVersion | undefined): z.input<typeof PolicyAnswer> => ({
  version: version?.version ?? 0,
  rules: version?.rules ?? [],
  created_by: version?.createdByLabel ?? null,
  created_at: isoOrNull(version?.createdAt ?? null),
});

export const PolicyTrialAnswer = z.object({
  tried: z.int().describe("The newest imports from this partner whose records are still here, at most 500."),
  has_more: z.boolean().describe("Whether there are older ones that were left out."),
  keep: z.int(),
  review: z.int(),
  refuse: z.int(),
  narrowed: z.int().describe("Of those that kept the partner's decision then, how many would not have."),
  reasons: z.array(z.object({ code: z.enum(REASON_CODES), count: z.int() })),
});

export const toPolicyTrial = (trial: PolicyTrial): z.input<typeof PolicyTrialAnswer> => ({
  tried: trial.tried,
  has_more: trial.hasMore,
  ...trial.outcomes,
  narrowed: trial.narrowed,
  reasons: trial.reasons,
});

import { z } from "zod";
import { type ImportedSession, importSharedSession } from "@/domain/imports/import";
import { DecisionAnswer, TrustAnswer, toImportAnswer } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 2. */
export const POST = route({
  method: "POST",
  path: "/v3/session/import-shared/",
  summary: "Redeem a share token into a full clone of the session",
  privilege: "write:sessions",
  tool: "import_shared_session",
  body: z.object({
    share_token: z.string().trim().min(1),
    workflow_id: z.uuid().nullish().describe("Where the clone lands; the default workflow of its kind when absent."),
    trust_review: z
      .boolean()
      .nullish()
      .describe("Whether the issuer's decision is kept; absent: as set for this partner. Your policy may narrow it."),
    vendor_data: z.string().trim().min(1).max(255).nullish().describe("Your own id of the person or business."),
  }),
  responds: {
    status: 201,
    description: "The clone's decision, `shared_from_session`, and the trust that was applied.",
    schema: DecisionAnswer.extend({ shared_from_session: z.uuid(), trust: TrustAnswer }),
  },
  idempotent: true,
  errors: [
    "share_token_invalid",
    "share_token_wrong_application",
    "already_imported",
    "environment_mismatch",
    "session_not_finished",
    "source_session_gone",
    "workflow_not_found",
    "workflow_kind_mismatch",
    "refused_by_policy",
    "partner_paused",
    "partner_ended",
    "agreement_required",
    "outside_agreement",
    "onward_sharing_forbidden",
  ],
  run: (actor, { body }) =>
    importSharedSession(actor, {
      shareToken: body.share_token,
      workflowId: body.workflow_id ?? undefined,
      trustReview: body.trust_review ?? undefined,
      vendorData: body.vendor_data ?? undefined,
    }),
  answer: (imported: ImportedSession, context) => toImportAnswer(imported, context),
});

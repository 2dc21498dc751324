import { z } from "zod";
import { type PreviewedToken, previewImport } from "@/domain/imports/preview";
import { toPreview, WirePreview } from "@/domain/imports/preview-wire";
import { TrustAnswer } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Ours: an import that is not made. */
export const POST = route({
  method: "POST",
  path: "/v3/share-tokens/preview/",
  summary: "See what redeeming a share token would bring, without redeeming it",
  description:
    "Nothing is used up. That the token was looked at is in the ledgers of both sides. `preview` is null unless the token could be redeemed by the calling application now; `state` says why, as inspecting it does.",
  privilege: "write:sessions",
  body: z.object({
    share_token: z.string().trim().min(1).max(4096),
    workflow_id: z.uuid().nullish().describe("The default workflow of the session's kind when absent."),
    trust_review: z.boolean().nullish(),
    vendor_data: z.string().trim().min(1).max(255).nullish(),
  }),
  responds: {
    status: 200,
    description: "What would arrive, where it would land, and what would be missing.",
    schema: z.object({
      state: z.enum(["invalid", "expired", "wrong_application", "ready", "already_imported", "unavailable"]),
      trust: TrustAnswer.optional(),
      preview: WirePreview.nullable(),
    }),
  },
  errors: [
    "workflow_not_found",
    "workflow_kind_mismatch",
    "partner_paused",
    "partner_ended",
    "agreement_required",
    "outside_agreement",
    "onward_sharing_forbidden",
  ],
  run: (actor, { body }) =>
    previewImport(actor, {
      shareToken: body.share_token,
      workflowId: body.workflow_id ?? undefined,
      trustReview: body.trust_review ?? undefined,
      vendorData: body.vendor_data ?? undefined,
    }),
  answer: ({ says, preview }: PreviewedToken) => ({
    state: says.state,
    ...(preview && { trust: { ...preview.trust, ...(preview.policy && { policy: preview.policy }) } }),
    preview: preview && toPreview(preview),
  }),
});

import { z } from "zod";
import { type ImportedSession, importSharedSession } from "@/domain/imports/import";
import { toImportAnswer } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 2. */
export const POST = route({
  method: "POST",
  path: "/v3/session/import-shared/",
  summary: "Redeem a share token into a full clone of the session",
  privilege: "write:sessions",
  body: z.object({
    share_token: z.string().trim().min(1),
    workflow_id: z.uuid().nullish(),
    trust_review: z.boolean().nullish(),
    vendor_data: z.string().trim().min(1).max(255).nullish(),
  }),
  responds: {
    status: 201,
    description: "The clone's decision, `shared_from_session`, and the trust that was applied.",
    schema: z.looseObject({ session_id: z.uuid(), session_number: z.int(), shared_from_session: z.uuid() }),
  },
  idempotent: true,
  run: (actor, { body }) =>
    importSharedSession(actor, {
      shareToken: body.share_token,
      workflowId: body.workflow_id ?? undefined,
      trustReview: body.trust_review ?? undefined,
      vendorData: body.vendor_data ?? undefined,
    }),
  answer: (imported: ImportedSession, context) => toImportAnswer(imported, context),
});

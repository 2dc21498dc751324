import { z } from "zod";
import { isoSeconds } from "../sessions/wire";
import type { Preview } from "./preview";

/** Ours: what would arrive. Counts and codes; nothing that says who it is. */
export const WirePreview = z.object({
  blocks: z.array(z.object({ feature: z.string(), status: z.string(), count: z.int(), media: z.int() })),
  media: z.int().describe("Files of the session and of key people that come along."),
  key_people: z.object({ arriving: z.int(), already_here: z.int() }),
  omitted: z.object({
    features: z.array(z.object({ feature: z.string(), application_id: z.uuid() })),
    media: z.object({ application_id: z.uuid() }).nullable(),
  }),
  workflow: z.object({ workflow_id: z.uuid(), workflow_label: z.string() }),
  steps: z.array(
    z.object({
      step: z.string().describe("By its name in the workflow."),
      state: z.enum(["satisfied", "not_approved", "omitted", "missing"]),
      status: z.string().nullable(),
    }),
  ),
  already_here: z.object({
    vendor_data: z
      .object({ didit_internal_id: z.uuid(), vendor_data: z.string(), status: z.string(), session_count: z.int() })
      .nullable(),
    same_number: z
      .array(z.object({ session_id: z.uuid(), session_number: z.int(), status: z.string() }))
      .describe("Sessions of yours with the same number of document or registration; at most five."),
  }),
  landing_status: z.string().nullable().describe("Null when your policy for the issuer refuses it."),
  open_request: z.object({ step_request_id: z.uuid(), steps: z.array(z.string()), created_at: z.string() }).nullable(),
});

export const toPreview = (preview: Preview) => ({
  blocks: preview.blocks,
  media: preview.media,
  key_people: { arriving: preview.keyPeople.arriving, already_here: preview.keyPeople.alreadyHere },
  omitted: {
    features: (preview.omitted?.features ?? []).map((one) => ({
      feature: one.feature,
      application_id: one.applicationId,
    })),
    media: preview.omitted?.media ? { application_id: preview.omitted.media.applicationId } : null,
  },
  workflow: { workflow_id: preview.workflow.id, workflow_label: preview.workflow.label },
  steps: preview.steps,
  already_here: {
    vendor_data: preview.entity && {
      didit_internal_id: preview.entity.id,
      vendor_data: preview.entity.vendorData,
      status: preview.entity.status,
      session_count: preview.entity.sessions,
    },
    same_number: preview.sameNumber.map((one) => ({
      session_id: one.id,
      session_number: one.sessionNumber,
      status: one.status,
    })),
  },
  landing_status: preview.policy?.outcome === "refuse" ? null : preview.landingStatus,
  open_request: preview.openRequest && {
    step_request_id: preview.openRequest.id,
    steps: preview.openRequest.steps,
    created_at: isoSeconds(preview.openRequest.createdAt),
  },
});

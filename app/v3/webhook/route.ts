import { z } from "zod";
import { DestinationUrl, WEBHOOK_VERSIONS } from "@/domain/webhooks/rules";
import { changeSingleWebhook, readSingleWebhook, type SingleWebhook } from "@/domain/webhooks/single";
import { route } from "@/lib/route";

const path = "/v3/webhook/";
const responds = {
  status: 200,
  description: "The configuration.",
  schema: z.object({
    webhook_url: z.string().nullable(),
    webhook_version: z.enum(WEBHOOK_VERSIONS),
    secret_shared_key: z.string(),
    capture_method: z.literal("both"),
    data_retention_months: z.null(),
  }),
};
const answer = ({ destination, secret }: SingleWebhook) => ({
  webhook_url: destination?.enabled ? destination.url : null,
  webhook_version: destination?.webhookVersion ?? "v3",
  secret_shared_key: secret,
  capture_method: "both" as const,
  data_retention_months: null,
});

/** Contract section 5.1, the older way to configure one webhook. */
export const GET = route({
  method: "GET",
  path,
  summary: "The webhook of an older client: the oldest destination",
  privilege: "read:webhooks",
  responds,
  run: (actor) => readSingleWebhook(actor),
  answer,
});

export const PATCH = route({
  method: "PATCH",
  path,
  summary: "Change the webhook of an older client",
  description:
    "Capture happens at the connected vendor and records have no term here, so those two settings are fixed.",
  privilege: "write:webhooks",
  body: z.object({
    webhook_url: DestinationUrl.nullable().optional(),
    webhook_version: z.enum(WEBHOOK_VERSIONS).optional(),
    rotate_secret_key: z.boolean().optional(),
    capture_method: z.literal("both").optional(),
    data_retention_months: z.null().optional(),
  }),
  responds,
  run: (actor, { body }) =>
    changeSingleWebhook(actor, {
      url: body.webhook_url,
      webhookVersion: body.webhook_version,
      rotateSecret: body.rotate_secret_key,
    }),
  answer,
});

import { z } from "zod";
import { SubscribedEvents, WEBHOOK_VERSIONS } from "@/domain/webhooks/rules";
import { openTail } from "@/domain/webhooks/tail";
import { route } from "@/lib/route";

export const POST = route({
  method: "POST",
  path: "/v3/webhook/tail/",
  summary: "Open a tail: events for a developer's machine to fetch",
  description: "Sandbox only. It ends when it is closed, or has not fetched for a minute.",
  privilege: "write:webhooks",
  body: z.object({
    forward_to: z.url().max(2_000).describe("Where the machine forwards to; never contacted by the server."),
    subscribed_events: SubscribedEvents.optional().describe("All when absent."),
    webhook_version: z.enum(WEBHOOK_VERSIONS).optional(),
  }),
  responds: {
    status: 201,
    description: "The tail and the secret that its messages are signed with.",
    schema: z.object({ uuid: z.uuid(), secret_shared_key: z.string() }),
  },
  errors: ["environment_mismatch"],
  run: (actor, { body }) =>
    openTail(actor, {
      forwardTo: body.forward_to,
      subscribedEvents: body.subscribed_events,
      webhookVersion: body.webhook_version,
    }),
  answer: ({ tailId, secret }: { tailId: string; secret: string }) => ({ uuid: tailId, secret_shared_key: secret }),
});

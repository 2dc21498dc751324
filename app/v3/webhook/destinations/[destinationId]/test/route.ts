import { z } from "zod";
import type { DeliveryView } from "@/domain/webhooks/deliveries";
import { WEBHOOK_EVENTS } from "@/domain/webhooks/rules";
import { SAMPLES } from "@/domain/webhooks/sample";
import { sendTest } from "@/domain/webhooks/test-delivery";
import { toDeliveryDetail, WireDeliveryDetail } from "@/domain/webhooks/wire";
import { route } from "@/lib/route";

/** Contract section 5.7, as an endpoint. */
export const POST = route({
  method: "POST",
  path: "/v3/webhook/destinations/{destinationId}/test/",
  summary: "Send a signed sample to a destination",
  description: "Sent once and now, with X-Didit-Test-Webhook and without an event_id, whether or not it is subscribed.",
  privilege: "write:webhooks",
  params: z.object({ destinationId: z.uuid() }),
  body: z.object({
    event: z.enum(WEBHOOK_EVENTS).default("status.updated"),
    sample: z.enum(SAMPLES).default("approved_full_features"),
  }),
  responds: { status: 200, description: "The delivery and its attempt.", schema: WireDeliveryDetail },
  run: (actor, { params, body }) => sendTest(actor, { ...params, type: body.event, sample: body.sample }),
  answer: (view: DeliveryView) => toDeliveryDetail(view),
});

import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { resendDeliveries } from "@/domain/webhooks/resend";
import { DELIVERY_STATES } from "@/domain/webhooks/rules";
import { route } from "@/lib/route";

export const POST = route({
  method: "POST",
  path: "/v3/webhook/destinations/{destinationId}/deliveries/resend/",
  summary: "Send many deliveries again",
  description: "Those named, or all that failed since a moment and until another. They are queued, the oldest first.",
  privilege: "write:webhooks",
  params: z.object({ destinationId: z.uuid() }),
  body: z.object({
    state: z.enum(DELIVERY_STATES).default("failed"),
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    delivery_uuids: z.array(z.uuid()).min(1, "This list may not be empty.").max(1_000).optional(),
  }),
  responds: { status: 202, description: "How many were queued.", schema: z.object({ queued: z.int() }) },
  errors: ["transition_not_allowed"],
  run: (actor, { params, body }) => {
    if (!body.since && !body.delivery_uuids)
      throw invalidField("since", "Name the deliveries, or the moment since when.");
    return resendDeliveries(actor, {
      destinationId: params.destinationId,
      state: body.state,
      since: body.since,
      until: body.until,
      deliveryIds: body.delivery_uuids,
    });
  },
  answer: ({ count }: { count: number }) => ({ queued: count }),
});

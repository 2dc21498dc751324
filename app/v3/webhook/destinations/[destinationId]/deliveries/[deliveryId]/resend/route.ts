import { z } from "zod";
import type { AttemptView } from "@/domain/webhooks/deliveries";
import { resendDelivery } from "@/domain/webhooks/resend";
import { toAttempt, WireAttempt } from "@/domain/webhooks/wire";
import { route } from "@/lib/route";

/** Contract section 5.1: the stored message with a fresh time, signed anew, sent now. */
export const POST = route({
  method: "POST",
  path: "/v3/webhook/destinations/{destinationId}/deliveries/{deliveryId}/resend/",
  summary: "Send one delivery again",
  privilege: "write:webhooks",
  params: z.object({ destinationId: z.uuid(), deliveryId: z.uuid() }),
  responds: { status: 200, description: "The attempt, with what the receiver answered.", schema: WireAttempt },
  run: (actor, { params }) => resendDelivery(actor, params),
  answer: (attempt: AttemptView) => toAttempt(attempt),
});

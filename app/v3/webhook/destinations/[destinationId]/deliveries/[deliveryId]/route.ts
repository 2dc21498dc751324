import { z } from "zod";
import { DomainError } from "@/domain/errors";
import { type DeliveryView, readDelivery } from "@/domain/webhooks/deliveries";
import { toDeliveryDetail, WireDeliveryDetail } from "@/domain/webhooks/wire";
import { route } from "@/lib/route";

export const GET = route({
  method: "GET",
  path: "/v3/webhook/destinations/{destinationId}/deliveries/{deliveryId}/",
  summary: "One delivery, its message and every attempt",
  description: "The message and the receiver's answers are shown to keys that may read sessions.",
  privilege: "read:webhooks",
  tool: "get_webhook_delivery",
  params: z.object({ destinationId: z.uuid(), deliveryId: z.uuid() }),
  responds: { status: 200, description: "The delivery.", schema: WireDeliveryDetail },
  run: async (actor, { params }) => {
    const view = await readDelivery(actor, params.deliveryId);
    if (view.delivery.destinationId !== params.destinationId) throw new DomainError("not_found", "Not found.");
    return view;
  },
  answer: (view: DeliveryView) => toDeliveryDetail(view),
});

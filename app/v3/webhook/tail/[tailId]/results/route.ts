import { z } from "zod";
import { reportTail } from "@/domain/webhooks/tail";
import { Reply, route } from "@/lib/route";

export const POST = route({
  method: "POST",
  path: "/v3/webhook/tail/{tailId}/results/",
  summary: "What the local program answered to tailed messages",
  privilege: "write:webhooks",
  params: z.object({ tailId: z.uuid() }),
  body: z.object({
    results: z
      .array(
        z.object({
          delivery_uuid: z.uuid(),
          http_status: z.int().min(100).max(599).nullable(),
          error: z.string().max(100).optional(),
          timestamp: z.int().describe("X-Timestamp of the message."),
          duration_ms: z.number().min(0),
        }),
      )
      .min(1)
      .max(50),
  }),
  responds: { status: 204, description: "Noted." },
  run: async (actor, { params, body }) => {
    await reportTail(actor, {
      tailId: params.tailId,
      results: body.results.map((result) => ({
        deliveryId: result.delivery_uuid,
        status: result.http_status,
        error: result.error,
        timestamp: result.timestamp,
        durationMs: result.duration_ms,
      })),
    });
    return new Reply(204);
  },
});

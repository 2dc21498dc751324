import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { closeTail, fetchTail, type TailedMessage } from "@/domain/webhooks/tail";
import { Reply, route } from "@/lib/route";

const params = z.object({ tailId: z.uuid() });
const path = "/v3/webhook/tail/{tailId}/";
const LOOK_AGAIN_MS = 250;

export const GET = route({
  method: "GET",
  path,
  summary: "What waits in a tail",
  description: "Answers as soon as something is there, and at the latest after `wait_in_seconds`.",
  privilege: "read:webhooks",
  params,
  query: z.object({ wait_in_seconds: z.coerce.number().int().min(0).max(25).default(0) }),
  responds: {
    status: 200,
    description: "Messages, each with the headers it would be sent with.",
    schema: z.array(
      z.object({
        delivery_uuid: z.uuid(),
        webhook_type: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.string(),
      }),
    ),
  },
  run: async (actor, { params, query, request }) => {
    for (const until = Date.now() + query.wait_in_seconds * 1000; ; await sleep(LOOK_AGAIN_MS)) {
      const messages = await fetchTail(actor, params);
      if (messages.length > 0 || Date.now() + LOOK_AGAIN_MS > until || request.signal.aborted) return messages;
    }
  },
  answer: (messages: TailedMessage[]) =>
    messages.map(({ deliveryId, webhookType, headers, body }) => ({
      delivery_uuid: deliveryId,
      webhook_type: webhookType,
      headers,
      body,
    })),
});

export const DELETE = route({
  method: "DELETE",
  path,
  summary: "Close a tail",
  privilege: "write:webhooks",
  params,
  responds: { status: 204, description: "Closed." },
  run: async (actor, { params }) => {
    await closeTail(actor, params);
    return new Reply(204);
  },
});

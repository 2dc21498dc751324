import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { cursorIn, cursorText } from "@/domain/webhooks/cursor";
import { type DeliveryCursor, type DeliveryListRow, listDeliveries } from "@/domain/webhooks/deliveries";
import { readDestination } from "@/domain/webhooks/destinations";
import { DELIVERY_STATES } from "@/domain/webhooks/rules";
import { toDelivery, WireDelivery } from "@/domain/webhooks/wire";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/webhook/destinations/{destinationId}/deliveries/";

interface Page {
  rows: DeliveryListRow[];
  next: string | null;
}

/** Contract section 5.1; paged by cursor, because the log grows while it is read. */
export const GET = route({
  method: "GET",
  path,
  summary: "The log of deliveries to a destination",
  description: "Newest first. Follow `next` until it is null.",
  privilege: "read:webhooks",
  tool: "list_webhook_deliveries",
  params: z.object({ destinationId: z.uuid() }),
  query: z.object({
    state: z.enum(DELIVERY_STATES).optional(),
    webhook_type: z.string().max(60).optional(),
    session_id: z.uuid().optional(),
    event_id: z.uuid().optional(),
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WireDelivery) }),
  },
  run: async (actor, { params, query, request }): Promise<Page> => {
    const [, page] = await Promise.all([
      readDestination(actor, params.destinationId),
      listDeliveries(
        actor,
        {
          destinationId: params.destinationId,
          state: query.state,
          type: query.webhook_type,
          subjectId: query.session_id,
          eventId: query.event_id,
          from: query.since ? new Date(query.since) : undefined,
          before: query.until ? new Date(query.until) : undefined,
        },
        query.cursor === undefined ? null : placeOf(query.cursor),
        query.limit,
      ),
    ]);
    return { rows: page.rows, next: page.next && addressOf(request, page.next) };
  },
  answer: ({ rows, next }: Page) => ({ next, previous: null, results: rows.map(toDelivery) }),
});

function placeOf(cursor: string): DeliveryCursor {
  const place = cursorIn(cursor);
  if (!place) throw invalidField("cursor", "Follow `next` of the page before.");
  return place;
}

function addressOf(request: Request, next: DeliveryCursor): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursorText(next));
  return `${env().publicUrl}${pathname}?${searchParams}`;
}

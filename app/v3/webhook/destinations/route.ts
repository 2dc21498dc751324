import { z } from "zod";
import { createDestination, type DestinationView, listDestinations } from "@/domain/webhooks/destinations";
import {
  DestinationBody,
  fromDestinationBody,
  toListedDestination,
  toOneDestination,
  WireListedDestination,
  WireOneDestination,
} from "@/domain/webhooks/wire";
import { route } from "@/lib/route";

/** Contract section 5.1. */
export const GET = route({
  method: "GET",
  path: "/v3/webhook/destinations/",
  summary: "List webhook destinations",
  description: "A plain list, the oldest first, without secrets.",
  privilege: "read:webhooks",
  tool: "list_webhook_destinations",
  responds: { status: 200, description: "Every destination.", schema: z.array(WireListedDestination) },
  run: (actor) => listDestinations(actor),
  answer: (destinations: DestinationView[]) => destinations.map(toListedDestination),
});

export const POST = route({
  method: "POST",
  path: "/v3/webhook/destinations/",
  summary: "Add a webhook destination",
  privilege: "write:webhooks",
  body: DestinationBody,
  responds: { status: 201, description: "The destination and its secret.", schema: WireOneDestination },
  idempotent: true,
  run: (actor, { body }) => createDestination(actor, fromDestinationBody(body)),
  answer: ({ destination, secret }: { destination: DestinationView; secret: string }) =>
    toOneDestination(destination, secret),
});

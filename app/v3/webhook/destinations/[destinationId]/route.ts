import { z } from "zod";
import {
  type DestinationView,
  deleteDestination,
  revealDestination,
  updateDestination,
} from "@/domain/webhooks/destinations";
import { DestinationPatch, fromDestinationPatch, toOneDestination, WireOneDestination } from "@/domain/webhooks/wire";
import { Reply, route } from "@/lib/route";

const params = z.object({ destinationId: z.uuid() });
const path = "/v3/webhook/destinations/{destinationId}/";
type Revealed = { destination: DestinationView; secret: string };
const answer = ({ destination, secret }: Revealed) => toOneDestination(destination, secret);

/** Contract section 5.1. */
export const GET = route({
  method: "GET",
  path,
  summary: "A webhook destination with its secret",
  privilege: "read:webhooks",
  params,
  responds: { status: 200, description: "The destination.", schema: WireOneDestination },
  run: (actor, { params }) => revealDestination(actor, params.destinationId),
  answer,
});

export const PATCH = route({
  method: "PATCH",
  path,
  summary: "Change a webhook destination, pause it, or rotate its secret",
  description: "Only what is given changes. A caller without read:webhooks gets an empty secret unless it rotated it.",
  privilege: "write:webhooks",
  params,
  body: DestinationPatch,
  responds: { status: 200, description: "The destination as it is now.", schema: WireOneDestination },
  run: async (actor, { params, body }): Promise<Revealed> => {
    const changed = await updateDestination(actor, { ...fromDestinationPatch(body), ...params });
    if (changed.secret !== null) return { destination: changed.destination, secret: changed.secret };
    if (!actor.privileges.has("read:webhooks")) return { destination: changed.destination, secret: "" };
    return revealDestination(actor, params.destinationId);
  },
  answer,
});

export const DELETE = route({
  method: "DELETE",
  path,
  summary: "Delete a webhook destination",
  privilege: "write:webhooks",
  params,
  responds: { status: 204, description: "Gone; nothing more is sent there." },
  run: async (actor, { params }) => {
    await deleteDestination(actor, params);
    return new Reply(204);
  },
});

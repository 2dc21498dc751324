import { z } from "zod";
import { readInboxItem } from "@/domain/share-inbox/inbox";
import { toOpenedInboxItem, WireOpenedInboxItem } from "@/domain/share-inbox/wire";
import { route } from "@/lib/route";

/** Ours: shown to whoever may import, as often as asked for while it waits. */
export const GET = route({
  method: "GET",
  path: "/v3/share-tokens/inbox/{shareTokenId}/",
  summary: "Read a share token out of your inbox",
  description: "With the token while it waits. Reading it uses nothing up.",
  privilege: "write:sessions",
  params: z.object({ shareTokenId: z.uuid() }),
  responds: { status: 200, description: "The token, and what it would bring.", schema: WireOpenedInboxItem },
  run: (actor, { params }) => readInboxItem(actor, params),
  answer: toOpenedInboxItem,
});

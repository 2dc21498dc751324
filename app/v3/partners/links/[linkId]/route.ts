import { z } from "zod";
import { revokePartnerLink } from "@/domain/partners/links";
import { route } from "@/lib/route";

/** Ours: takes a link back before it is used. */
export const DELETE = route({
  method: "DELETE",
  path: "/v3/partners/links/{linkId}/",
  summary: "Take a link to pair by back",
  privilege: "write:partners",
  params: z.object({ linkId: z.uuid() }),
  responds: { status: 204, description: "It pairs no more." },
  run: async (actor, { params }) => {
    await revokePartnerLink(actor, params);
  },
});

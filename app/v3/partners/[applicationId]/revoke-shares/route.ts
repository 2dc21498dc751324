import { z } from "zod";
import { RelationAnswer, toRelation } from "@/domain/partners/wire";
import { type StoppedPartner, stopSharingWith } from "@/domain/share-tokens/revoke";
import { route } from "@/lib/route";

/** Ours: the kill switch. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/revoke-shares/",
  summary: "Stop sharing with a partner: take back its open tokens and pause the relation",
  description:
    "Both in one transaction, so that nothing new is handed over. An invitation that was not accepted ends; a relation that has ended, or that the partner paused, stays so. What the partner shares with you goes on. Needs `write:sessions` as well.",
  privilege: "write:partners",
  params: z.object({ applicationId: z.uuid() }),
  responds: {
    status: 200,
    description: "How many tokens were open, and no longer are, and the relation as it is now.",
    schema: z.object({ revoked: z.int(), relation: RelationAnswer }),
  },
  run: (actor, { params }) => stopSharingWith(actor, { partnerApplicationId: params.applicationId }),
  answer: ({ revoked, relation }: StoppedPartner) => ({ revoked, relation: toRelation(relation) }),
});

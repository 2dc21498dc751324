import { z } from "zod";
import { correctProofOfAddress, ProofOfAddressFields, refuseEmpty } from "@/domain/sessions/correct";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/update-poa-data/",
  summary: "Correct what was read from a proof of address",
  description:
    "A field that is absent stays, one that is null is emptied. Recorded with old and new values; fires `data.updated`.",
  privilege: "write:sessions",
  rateScope: "session-update-poa",
  params: z.object({ sessionId: z.uuid() }),
  body: ProofOfAddressFields.extend({ node_id: z.string().min(1).max(200).nullish() }),
  responds: { status: 200, description: "Corrected.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body: { node_id, ...fields } }) => {
    refuseEmpty(fields);
    return correctProofOfAddress(actor, { sessionId: params.sessionId, nodeId: node_id ?? undefined, fields });
  },
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});

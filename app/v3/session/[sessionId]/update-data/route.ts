import { z } from "zod";
import { correctIdentity, IdentityFields, refuseEmpty } from "@/domain/sessions/correct";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/update-data/",
  summary: "Correct what was read from an identity document",
  description:
    "A field that is absent stays, one that is null is emptied. What follows from them (`full_name`, `age`, " +
    "`formatted_address`) is renewed. The correction is recorded with its old and new values and fires `data.updated`; " +
    "when nothing differs, nothing is written.",
  privilege: "write:sessions",
  rateScope: "session-update-kyc",
  params: z.object({ sessionId: z.uuid() }),
  body: IdentityFields.extend({
    node_id: z.string().min(1).max(200).nullish().describe("Which document, when the session has several."),
  }),
  responds: { status: 200, description: "Corrected.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body: { node_id, ...fields } }) => {
    refuseEmpty(fields);
    return correctIdentity(actor, { sessionId: params.sessionId, nodeId: node_id ?? undefined, fields });
  },
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});

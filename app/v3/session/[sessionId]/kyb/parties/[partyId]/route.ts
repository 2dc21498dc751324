import { z } from "zod";
import { correctParty, PartyFields, refuseEmpty } from "@/domain/sessions/correct";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/kyb/parties/{partyId}/",
  summary: "Skip a key person of a company, or correct their share",
  description: "`partyId` is the party's `uuid`; the correction reaches every place where the record names it.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid(), partyId: z.uuid() }),
  body: PartyFields,
  responds: { status: 200, description: "Corrected.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body }) => {
    refuseEmpty(body);
    return correctParty(actor, { ...params, fields: body });
  },
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});

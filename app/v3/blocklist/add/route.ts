import { z } from "zod";
import { BLOCKLIST_ITEMS, blockFromSession } from "@/domain/lists/manage";
import { route } from "@/lib/route";

const flag = z.boolean().nullish();

/** Contract section 7, the older way. */
export const POST = route({
  method: "POST",
  path: "/v3/blocklist/add/",
  summary: "Put what a session shows on the blocklists",
  privilege: "write:lists",
  body: z
    .object({
      session_id: z.uuid(),
      blocklist_face: flag,
      blocklist_document: flag,
      blocklist_phone: flag,
      blocklist_email: flag,
    })
    .transform((body) => ({
      sessionId: body.session_id,
      items: BLOCKLIST_ITEMS.filter((item) => body[`blocklist_${item}`] === true),
    })),
  responds: {
    status: 200,
    description: "What was done.",
    schema: z.object({ session_id: z.uuid(), blocklisted: z.array(z.enum(BLOCKLIST_ITEMS)) }),
  },
  errors: ["not_found"],
  run: (actor, { body }) => blockFromSession(actor, { ...body, block: true }),
  answer: ({ sessionId, items }: { sessionId: string; items: string[] }) => ({
    session_id: sessionId,
    blocklisted: items,
  }),
});

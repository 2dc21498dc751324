import { z } from "zod";
import { BLOCKLIST_ITEMS, blockFromSession } from "@/domain/lists/manage";
import { route } from "@/lib/route";

const flag = z.boolean().nullish();

/** Contract section 7, the older way. */
export const POST = route({
  method: "POST",
  path: "/v3/blocklist/remove/",
  summary: "Take what a session shows off the blocklists",
  privilege: "write:lists",
  body: z
    .object({
      session_id: z.uuid(),
      unblock_face: flag,
      unblock_document: flag,
      unblock_phone: flag,
      unblock_email: flag,
    })
    .transform((body) => ({
      sessionId: body.session_id,
      items: BLOCKLIST_ITEMS.filter((item) => body[`unblock_${item}`] === true),
    })),
  responds: {
    status: 200,
    description: "What was done.",
    schema: z.object({ session_id: z.uuid(), unblocked: z.array(z.enum(BLOCKLIST_ITEMS)) }),
  },
  errors: ["not_found"],
  run: (actor, { body }) => blockFromSession(actor, { ...body, block: false }),
  answer: ({ sessionId, items }: { sessionId: string; items: string[] }) => ({
    session_id: sessionId,
    unblocked: items,
  }),
});

import { z } from "zod";
import { deleteEntry } from "@/domain/lists/manage";
import { route } from "@/lib/route";

/** Contract section 7. */
export const DELETE = route({
  method: "DELETE",
  path: "/v3/lists/{listId}/entries/{entryId}/",
  summary: "Take an entry off a list",
  description: "A user or business that it blocked is active again.",
  privilege: "write:lists",
  params: z.object({ listId: z.uuid(), entryId: z.uuid() }),
  responds: { status: 204, description: "Taken off." },
  run: (actor, { params }) => deleteEntry(actor, params),
});

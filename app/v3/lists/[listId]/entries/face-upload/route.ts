import { z } from "zod";
import { addFace } from "@/domain/lists/manage";
import type { EntryView } from "@/domain/lists/read";
import { EntryRow, FaceBody, toEntry } from "@/domain/lists/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const POST = route({
  method: "POST",
  path: "/v3/lists/{listId}/entries/face-upload/",
  summary: "Put a face on a list by an image",
  description:
    "What is met later is the same image, or the vendor's own id of the face: there is no face recognition here.",
  privilege: "write:lists",
  params: z.object({ listId: z.uuid() }),
  body: FaceBody,
  bodyExample: { image: "/9j/4EpGSUY=" },
  maxBodyBytes: 8 * 1024 * 1024,
  responds: { status: 201, description: "Put on.", schema: EntryRow },
  errors: ["conflict"],
  run: (actor, { params, body }) => addFace(actor, { listId: params.listId, ...body }),
  answer: (entry: EntryView, context: WireContext) => toEntry(entry, context),
});

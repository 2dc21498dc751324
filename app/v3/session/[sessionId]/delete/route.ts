import { z } from "zod";
import { DELETION_INSTRUCTIONS, type ErasedSession, eraseSession } from "@/domain/sessions/erase";
import { Erased, toErased } from "@/domain/sessions/erase-wire";
import { route } from "@/lib/route";

/** Contract section 4.4. */
export const DELETE = route({
  method: "DELETE",
  path: "/v3/session/{sessionId}/delete/",
  summary: "Erase a session",
  description:
    "Destroys the session's keys, then its record, media, reviews and search terms. Clones that partners imported are " +
    "theirs and stay; share tokens of the session can no longer be redeemed. No webhook is sent. Face templates are " +
    "not kept here, so asking to retain them changes nothing but the answer.",
  privilege: "write:sessions",
  params: z.object({ sessionId: z.uuid() }),
  body: z.object({
    retain_face_embeddings: z.boolean().nullish().describe("Accepted; no face template is kept without its session."),
    face_retention_days: z.int().min(1).max(3650).nullish(),
    face_retention_deadline: z.iso.datetime({ offset: true }).nullish(),
    deletion_instruction: z.enum(DELETION_INSTRUCTIONS).nullish(),
    instruction_id: z
      .string()
      .max(200)
      .nullish()
      .describe("Your own reference of the deletion; kept in the audit trail."),
  }),
  responds: { status: 200, description: "Erased.", schema: Erased },
  run: (actor, { params, body }) =>
    eraseSession(actor, {
      sessionId: params.sessionId,
      retainFace: body.retain_face_embeddings ?? false,
      instruction: body.deletion_instruction ?? undefined,
      instructionId: body.instruction_id ?? undefined,
    }),
  answer: (erased: ErasedSession) => toErased(erased),
});

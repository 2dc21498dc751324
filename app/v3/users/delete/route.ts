import { z } from "zod";
import { deleteEntities } from "@/domain/entities/manage";
import { DeleteEntitiesBody } from "@/domain/entities/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const POST = route({
  method: "POST",
  path: "/v3/users/delete/",
  summary: "Delete users, or all of them",
  description: "Their sessions stay. Who is not there is skipped.",
  privilege: "write:users",
  body: DeleteEntitiesBody,
  responds: { status: 200, description: "How many were deleted.", schema: z.object({ deleted: z.int() }) },
  run: (actor, { body }) => deleteEntities(actor, { kind: "user", ...body }),
});

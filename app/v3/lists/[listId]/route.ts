import { z } from "zod";
import { deleteList, updateList } from "@/domain/lists/manage";
import { readList } from "@/domain/lists/read";
import { ListRow, toList, UpdateListBody } from "@/domain/lists/wire";
import { route } from "@/lib/route";

const Params = z.object({ listId: z.uuid() });

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/lists/{listId}/",
  summary: "Retrieve a list",
  privilege: "read:lists",
  params: Params,
  responds: { status: 200, description: "The list.", schema: ListRow },
  run: (actor, { params }) => readList(actor, params.listId),
  answer: toList,
});

export const PATCH = route({
  method: "PATCH",
  path: "/v3/lists/{listId}/",
  summary: "Rename a list, or say what a match does",
  description: "System blocklists keep their names; `on_match` says how far a match narrows a session's status.",
  privilege: "write:lists",
  params: Params,
  body: UpdateListBody,
  responds: { status: 200, description: "Updated.", schema: ListRow },
  errors: ["conflict"],
  run: (actor, { params, body }) => updateList(actor, { id: params.listId, ...body }),
  answer: toList,
});

export const DELETE = route({
  method: "DELETE",
  path: "/v3/lists/{listId}/",
  summary: "Delete a list with its entries",
  privilege: "write:lists",
  params: Params,
  responds: { status: 204, description: "Deleted." },
  errors: ["invalid_input"],
  run: (actor, { params }) => deleteList(actor, { id: params.listId }),
});

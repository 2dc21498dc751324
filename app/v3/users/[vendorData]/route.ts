import { updateEntity } from "@/domain/entities/manage";
import { type EntityView, readEntity } from "@/domain/entities/read";
import { Params, toUser, UpdateUserBody, User } from "@/domain/entities/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

const answer = (view: EntityView, context: WireContext) => toUser(view, context);

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/users/{vendorData}/",
  spans: "vendorData",
  summary: "Retrieve a person",
  privilege: "read:users",
  params: Params,
  responds: { status: 200, description: "With what the sessions say.", schema: User },
  run: (actor, { params }) => readEntity(actor, "user", params.vendorData),
  answer,
});

export const PATCH = route({
  method: "PATCH",
  path: "/v3/users/{vendorData}/",
  spans: "vendorData",
  summary: "Update a person",
  description: "What is absent stays, null clears; `metadata` is replaced as a whole.",
  privilege: "write:users",
  params: Params,
  body: UpdateUserBody,
  responds: { status: 200, description: "Updated.", schema: User },
  run: (actor, { params, body }) => updateEntity(actor, { kind: "user", vendorData: params.vendorData, ...body }),
  answer,
});

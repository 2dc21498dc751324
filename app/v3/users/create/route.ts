import { createEntity } from "@/domain/entities/manage";
import type { EntityView } from "@/domain/entities/read";
import { CreateUserBody, toUser, User } from "@/domain/entities/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const POST = route({
  method: "POST",
  path: "/v3/users/create/",
  summary: "Register a person ahead of the first session",
  privilege: "write:users",
  body: CreateUserBody,
  responds: { status: 201, description: "Registered.", schema: User },
  errors: ["conflict"],
  run: (actor, { body }) => createEntity(actor, body),
  answer: (view: EntityView, context: WireContext) => toUser(view, context),
});

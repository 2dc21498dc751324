import { createEntity } from "@/domain/entities/manage";
import type { EntityView } from "@/domain/entities/read";
import { Business, CreateBusinessBody, toBusiness } from "@/domain/entities/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const POST = route({
  method: "POST",
  path: "/v3/businesses/create/",
  summary: "Register a company ahead of the first session",
  privilege: "write:businesses",
  body: CreateBusinessBody,
  responds: { status: 201, description: "Registered.", schema: Business },
  errors: ["conflict"],
  run: (actor, { body }) => createEntity(actor, body),
  answer: (view: EntityView) => toBusiness(view),
});

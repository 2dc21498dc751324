import { updateEntity } from "@/domain/entities/manage";
import { type EntityView, readEntity } from "@/domain/entities/read";
import { Business, Params, toBusiness, UpdateBusinessBody } from "@/domain/entities/wire";
import { route } from "@/lib/route";

const answer = (view: EntityView) => toBusiness(view);

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/businesses/{vendorData}/",
  spans: "vendorData",
  summary: "Retrieve a company",
  privilege: "read:businesses",
  params: Params,
  responds: { status: 200, description: "With what the sessions say.", schema: Business },
  run: (actor, { params }) => readEntity(actor, "business", params.vendorData),
  answer,
});

export const PATCH = route({
  method: "PATCH",
  path: "/v3/businesses/{vendorData}/",
  spans: "vendorData",
  summary: "Update a company",
  description: "What is absent stays, null clears; `metadata` is replaced as a whole.",
  privilege: "write:businesses",
  params: Params,
  body: UpdateBusinessBody,
  responds: { status: 200, description: "Updated.", schema: Business },
  run: (actor, { params, body }) => updateEntity(actor, { kind: "business", vendorData: params.vendorData, ...body }),
  answer,
});

import { updateEntityStatus } from "@/domain/entities/manage";
import type { EntityView } from "@/domain/entities/read";
import { Business, EntityStatusBody, Params, toBusiness } from "@/domain/entities/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/businesses/{vendorData}/update-status/",
  spans: "vendorData",
  summary: "Mark a company as active, flagged or blocked",
  description: "Blocked, the `vendor_data` goes on the system blocklist; otherwise it comes off.",
  privilege: "write:businesses",
  params: Params,
  body: EntityStatusBody,
  responds: { status: 200, description: "Marked.", schema: Business },
  run: (actor, { params, body }) =>
    updateEntityStatus(actor, { kind: "business", vendorData: params.vendorData, ...body }),
  answer: (view: EntityView) => toBusiness(view),
});

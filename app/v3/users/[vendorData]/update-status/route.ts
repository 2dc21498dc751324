import { updateEntityStatus } from "@/domain/entities/manage";
import type { EntityView } from "@/domain/entities/read";
import { EntityStatusBody, Params, toUser, User } from "@/domain/entities/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

/** Contract section 7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/users/{vendorData}/update-status/",
  spans: "vendorData",
  summary: "Mark a person as active, flagged or blocked",
  description: "Blocked, the `vendor_data` goes on the system blocklist; otherwise it comes off.",
  privilege: "write:users",
  params: Params,
  body: EntityStatusBody,
  responds: { status: 200, description: "Marked.", schema: User },
  run: (actor, { params, body }) => updateEntityStatus(actor, { kind: "user", vendorData: params.vendorData, ...body }),
  answer: (view: EntityView, context: WireContext) => toUser(view, context),
});

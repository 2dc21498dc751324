import { z } from "zod";
import { changeRole, removeMember } from "@/domain/access/members";
import { asMemberOf } from "@/domain/access/organisations";
import { ROLES } from "@/domain/access/rules";
import { MemberAnswer, toMember } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

const params = z.object({ organizationId: z.uuid(), memberId: z.uuid() });
const path = "/auth/v2/organizations/{organizationId}/members/{memberId}/";

/** Contract section 6. */
export const PATCH = accountRoute({
  method: "PATCH",
  path,
  summary: "Change a member's role",
  description: "Of a member or of an open invitation. It counts from their next request on.",
  caller: "person",
  params,
  body: z.object({ role: z.enum(ROLES) }),
  errors: ["forbidden", "last_owner"],
  responds: { status: 200, description: "The member.", schema: MemberAnswer },
  run: async (person, { params, body, from }) =>
    toMember(
      await changeRole(await asMemberOf(person, params.organizationId, from), { id: params.memberId, role: body.role }),
    ),
});

/** Contract section 6. */
export const DELETE = accountRoute({
  method: "DELETE",
  path,
  summary: "Remove a member",
  description: "Or take an invitation back. Their next request fails; the last owner stays.",
  caller: "person",
  params,
  errors: ["forbidden", "last_owner"],
  responds: { status: 204, description: "Removed." },
  run: async (person, { params, from }) =>
    removeMember(await asMemberOf(person, params.organizationId, from), { id: params.memberId }),
});

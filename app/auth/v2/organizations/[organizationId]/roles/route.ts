import { z } from "zod";
import { asMemberOf } from "@/domain/access/organisations";
import { RoleAnswer, roles } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path: "/auth/v2/organizations/{organizationId}/roles/",
  summary: "List roles and what they may do",
  caller: "person",
  params: z.object({ organizationId: z.uuid() }),
  responds: { status: 200, description: "The most powerful first.", schema: z.array(RoleAnswer) },
  run: async (person, { params, from }) => {
    await asMemberOf(person, params.organizationId, from);
    return roles();
  },
});

import { z } from "zod";
import { InviteInput, inviteMember, listMembers } from "@/domain/access/members";
import { asMemberOf } from "@/domain/access/organisations";
import { MemberAnswer, toMember } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

const params = z.object({ organizationId: z.uuid() });
const path = "/auth/v2/organizations/{organizationId}/members/";

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path,
  summary: "List members and open invitations",
  caller: "person",
  params,
  responds: { status: 200, description: "Members by name, then invitations.", schema: z.array(MemberAnswer) },
  run: async (person, { params, from }) =>
    (await listMembers(await asMemberOf(person, params.organizationId, from))).map(toMember),
});

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path,
  summary: "Invite somebody",
  description:
    "Sends a link by mail. Inviting an address again replaces its open invitation. Only an owner makes owners.",
  caller: "person",
  params,
  body: InviteInput,
  errors: ["forbidden", "conflict"],
  responds: { status: 201, description: "The invitation.", schema: MemberAnswer },
  run: async (person, { params, body, from }) =>
    toMember(await inviteMember(await asMemberOf(person, params.organizationId, from), body, person.locale)),
});

import { z } from "zod";
import { asMemberOf } from "@/domain/access/organisations";
import { revealIfAllowed } from "@/domain/access/primary-api-key";
import { createApplication, listApplications } from "@/domain/access/provision";
import { ApplicationAnswer, ApplicationRequest, fromApplication, toApplication } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

const params = z.object({ organizationId: z.uuid() });

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path: "/auth/v2/organizations/me/{organizationId}/applications/",
  summary: "List an organization's applications",
  description: "`api_key` is the primary key, for those who manage keys; null for others. Showing it is in the trail.",
  caller: "person",
  params,
  responds: { status: 200, description: "Oldest first.", schema: z.array(ApplicationAnswer) },
  run: async (person, { params, from }) => {
    const actor = await asMemberOf(person, params.organizationId, from);
    const applications = await listApplications(actor);
    return Promise.all(applications.map(async (one) => toApplication(one, await revealIfAllowed(actor, one.id))));
  },
});

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/organizations/me/{organizationId}/applications/",
  summary: "Create an application",
  description:
    "In the sandbox, with a primary API key and a default workflow of each kind. Everything is optional; without a name it is called after the organization.",
  caller: "person",
  params,
  body: ApplicationRequest,
  errors: ["forbidden"],
  responds: { status: 201, description: "The new application.", schema: ApplicationAnswer },
  run: async (person, { params, body, from }) => {
    const actor = await asMemberOf(person, params.organizationId, from);
    const { application, key } = await createApplication(actor, fromApplication(body));
    return toApplication(application, key);
  },
});

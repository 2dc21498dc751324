import { z } from "zod";
import { asMemberOf } from "@/domain/access/organisations";
import { revealIfAllowed } from "@/domain/access/primary-api-key";
import { describeApplication, readOwnApplication } from "@/domain/access/provision";
import { ApplicationAnswer, ApplicationRequest, fromApplication, toApplication } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

const params = z.object({ organizationId: z.uuid(), applicationId: z.uuid() });
const path = "/auth/v2/organizations/me/{organizationId}/applications/{applicationId}/";

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path,
  summary: "Read an application",
  description: "`api_key` is the primary key, for those who manage keys; null for others. Showing it is in the trail.",
  caller: "person",
  params,
  responds: { status: 200, description: "The application.", schema: ApplicationAnswer },
  run: async (person, { params, from }) => {
    const actor = await asMemberOf(person, params.organizationId, from);
    const application = await readOwnApplication(actor, params.applicationId);
    return toApplication(application, await revealIfAllowed(actor, application.id));
  },
});

/** Contract section 6. */
export const PATCH = accountRoute({
  method: "PATCH",
  path,
  summary: "Change what an application says of itself",
  description: "Ids and keys never change here.",
  caller: "person",
  params,
  body: ApplicationRequest,
  errors: ["forbidden"],
  responds: { status: 200, description: "The application.", schema: ApplicationAnswer },
  run: async (person, { params, body, from }) => {
    const actor = await asMemberOf(person, params.organizationId, from);
    const application = await describeApplication(actor, params.applicationId, fromApplication(body));
    return toApplication(application, await revealIfAllowed(actor, application.id));
  },
});

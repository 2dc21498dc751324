import { z } from "zod";
import { listApiKeysOf } from "@/domain/access/api-keys";
import { asMemberOf } from "@/domain/access/organisations";
import { ApiKeyAnswer, toApiKey } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path: "/auth/v2/organizations/{organizationId}/applications/{applicationId}/api-keys/",
  summary: "List an application's API keys",
  description: "Never the keys themselves. Keys are made, changed and rotated in the console.",
  caller: "person",
  params: z.object({ organizationId: z.uuid(), applicationId: z.uuid() }),
  responds: { status: 200, description: "Newest first.", schema: z.array(ApiKeyAnswer) },
  run: async (person, { params, from }) =>
    (await listApiKeysOf(await asMemberOf(person, params.organizationId, from), params.applicationId)).map(toApiKey),
});

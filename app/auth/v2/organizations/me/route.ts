import { z } from "zod";
import { listOrganisations } from "@/domain/access/organisations";
import { OrganizationAnswer, toOrganization } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const GET = accountRoute({
  method: "GET",
  path: "/auth/v2/organizations/me/",
  summary: "List your organizations",
  caller: "person",
  responds: { status: 200, description: "By name.", schema: z.array(OrganizationAnswer) },
  run: async (person) => (await listOrganisations(person)).map(toOrganization),
});

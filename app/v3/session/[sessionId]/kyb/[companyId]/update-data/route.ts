import { z } from "zod";
import { CompanyFields, correctCompany, refuseEmpty } from "@/domain/sessions/correct";
import { route } from "@/lib/route";

/** Contract section 4.7. */
export const PATCH = route({
  method: "PATCH",
  path: "/v3/session/{sessionId}/kyb/{companyId}/update-data/",
  summary: "Correct what is known of a company",
  description:
    "`companyId` is the company's `uuid` in `registry_checks`; where a record gives it none, the session's id.",
  privilege: "write:sessions",
  rateScope: "session-update-kyc",
  params: z.object({ sessionId: z.uuid(), companyId: z.uuid() }),
  body: CompanyFields,
  responds: { status: 200, description: "Corrected.", schema: z.object({ session_id: z.uuid() }) },
  run: (actor, { params, body }) => {
    refuseEmpty(body);
    return correctCompany(actor, { ...params, fields: body });
  },
  answer: ({ sessionId }: { sessionId: string }) => ({ session_id: sessionId }),
});

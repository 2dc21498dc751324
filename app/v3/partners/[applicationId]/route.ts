import { z } from "zod";
import { readPartner } from "@/domain/partners/partners";
import { PartnerAnswer, toPartnerPage } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: one partner, by the id of its application. */
export const GET = route({
  method: "GET",
  path: "/v3/partners/{applicationId}/",
  summary: "Retrieve a partner",
  privilege: "read:partners",
  params: z.object({ applicationId: z.uuid() }),
  responds: { status: 200, description: "The partner.", schema: PartnerAnswer },
  run: (actor, { params }) => readPartner(actor, params),
  answer: toPartnerPage,
});

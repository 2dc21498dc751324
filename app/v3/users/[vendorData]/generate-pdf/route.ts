import { Params } from "@/domain/entities/wire";
import { reportEntity } from "@/domain/reports/report";
import { FileReply, route } from "@/lib/route";

/** Contract section 4.5. */
export const GET = route({
  method: "GET",
  path: "/v3/users/{vendorData}/generate-pdf/",
  spans: "vendorData",
  summary: "Get a person's sessions as one PDF report",
  description:
    "A cover, and behind it the reports of the newest 20 sessions that have one: Approved, Declined, In Review or Kyc " +
    "Expired. Without any it is a 403. For keys that may read sessions, too.",
  privilege: "read:users",
  rateScope: "session-generate-pdf",
  params: Params,
  responds: { status: 200, description: "The report.", contentType: "application/pdf" },
  errors: ["report_not_available"],
  run: async (actor, { params }) => {
    const { bytes, filename } = await reportEntity(actor, "user", { vendorData: params.vendorData });
    return new FileReply(bytes, "application/pdf", filename);
  },
});

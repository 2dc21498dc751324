import { z } from "zod";
import { reportSession } from "@/domain/reports/report";
import { FileReply, route } from "@/lib/route";

/** Contract section 4.5. Called with and without the slash by official clients; both are served. */
export const GET = route({
  method: "GET",
  path: "/v3/session/{sessionId}/generate-pdf/",
  summary: "Get a session as a PDF report",
  description:
    "In English, with pictures, provenance and the digest of every medium. KYC sessions that are Approved, Declined, In " +
    "Review or Kyc Expired, and KYB sessions that are Approved, Declined or In Review; of any other it is a 403.",
  privilege: "read:sessions",
  rateScope: "session-generate-pdf",
  params: z.object({ sessionId: z.uuid() }),
  responds: { status: 200, description: "The report.", contentType: "application/pdf" },
  errors: ["report_not_available"],
  run: async (actor, { params }) => {
    const { bytes, filename } = await reportSession(actor, params.sessionId);
    return new FileReply(bytes, "application/pdf", filename);
  },
});

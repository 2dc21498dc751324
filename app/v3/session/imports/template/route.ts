import { z } from "zod";
import { IMPORT_TYPES, templateOf } from "@/domain/bulk-imports/rules";
import { FileReply, route } from "@/lib/route";

/** Contract section 4.8. */
export const GET = route({
  method: "GET",
  path: "/v3/session/imports/template/",
  summary: "Get a CSV to fill in for an import",
  description: "The columns of the type, and one row as an example. Columns that are left out count as empty.",
  privilege: "read:sessions",
  query: z.object({ import_type: z.enum(IMPORT_TYPES).default("user_verification") }),
  responds: { status: 200, description: "The template.", contentType: "text/csv" },
  run: async (_actor, { query }) =>
    new FileReply(Buffer.from(templateOf(query.import_type)), "text/csv; charset=utf-8", `${query.import_type}.csv`),
});

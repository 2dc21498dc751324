import { z } from "zod";
import { listBulkImportErrors } from "@/domain/bulk-imports/read";
import { RowErrorsWire, toRowErrors } from "@/domain/bulk-imports/wire";
import { OffsetQuery, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Contract section 4.8. */
export const GET = route({
  method: "GET",
  path: "/v3/session/imports/{importId}/errors/",
  summary: "List the rows that an import refused, and why",
  privilege: "read:sessions",
  params: z.object({ importId: z.uuid() }),
  query: OffsetQuery,
  responds: { status: 200, description: "One page, in the order of the file.", schema: PageOf(RowErrorsWire) },
  run: async (actor, { params, query, request }) => {
    const page = offsetOf(query);
    const { count, rows } = await listBulkImportErrors(actor, params.importId, page);
    return pageOf(request, page, count, rows.map(toRowErrors));
  },
});

import { z } from "zod";
import { type BulkImport, readBulkImport } from "@/domain/bulk-imports/read";
import { BulkImportWire, toBulkImport } from "@/domain/bulk-imports/wire";
import { route } from "@/lib/route";

/** Contract section 4.8. */
export const GET = route({
  method: "GET",
  path: "/v3/session/imports/{importId}/",
  summary: "See how far an import got",
  privilege: "read:sessions",
  params: z.object({ importId: z.uuid() }),
  responds: { status: 200, description: "Its state and counts.", schema: BulkImportWire },
  run: (actor, { params }) => readBulkImport(actor, params.importId),
  answer: (one: BulkImport) => toBulkImport(one),
});

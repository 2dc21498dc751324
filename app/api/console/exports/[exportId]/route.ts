import { openExport } from "@/domain/exports/read";
import { StreamReply } from "@/lib/answer";
import { consoleRead, idOf } from "@/lib/console-read";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** A file that was asked for and written before. */
export const GET = consoleRead(async (actor, _, { params }: { params: Promise<{ exportId: string }> }) => {
  const { view, filename, chunks } = await openExport(actor, idOf((await params).exportId));
  return new StreamReply(chunks, TYPES[view.format], filename);
});

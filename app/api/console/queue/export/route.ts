import { z } from "zod";
import { filterOf, loadSearchParams } from "@/app/(console)/queue/search-params";
import { CASE_FORMATS, exportCases } from "@/domain/cases/export";
import { SessionIds } from "@/domain/cases/rules";
import { invalidField } from "@/domain/errors";
import { StreamReply } from "@/lib/answer";
import { consoleRead, searchOf } from "@/lib/console-read";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** What the filters of the screen select, or the chosen cases, as a file. */
export const GET = consoleRead(async (actor, request) => {
  const { format: asked, sessions } = searchOf(request);
  const format = z.enum(CASE_FORMATS).catch("csv").parse(asked);
  const filter = filterOf(await loadSearchParams(request));
  const ids = sessions === undefined ? null : SessionIds.safeParse(sessions.split(",")).data;
  if (ids === undefined) throw invalidField("sessions", "Between 1 and 100 ids of sessions.");
  if (!filter) throw invalidField("filter", "No case can match this.");
  const chunks = await exportCases(actor, ids ? { sessionIds: ids } : { filter }, format);
  return new StreamReply(chunks, TYPES[format], `review-queue.${format}`);
});

import { z } from "zod";
import { filterFrom } from "@/app/(console)/share-tokens/load";
import { exportLedger, LEDGER_FORMATS } from "@/domain/share-tokens/export";
import { StreamReply } from "@/lib/answer";
import { consoleRead, searchOf } from "@/lib/console-read";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** What the filters of the screen select, as a file. */
export const GET = consoleRead(async (actor, request) => {
  const params = searchOf(request);
  const format = z.enum(LEDGER_FORMATS).catch("csv").parse(params.format);
  const { filter } = await filterFrom(params);
  const { chunks } = await exportLedger(actor, filter, format);
  return new StreamReply(chunks, TYPES[format], `share-tokens.${format}`);
});

import { z } from "zod";
import { exportLedger, LEDGER_FORMATS } from "@/domain/share-tokens/export";
import { filterOf, LedgerQuery, WireLedgerToken } from "@/domain/share-tokens/ledger-wire";
import { route, StreamReply } from "@/lib/route";

/** Ours: the ledger as a file. */
export const GET = route({
  method: "GET",
  path: "/v3/share-tokens/export/",
  summary: "Export the ledger of share tokens as CSV or JSON",
  description:
    "Everything that the filters select, newest token first, streamed. JSON is a list of tokens with their events; CSV (RFC 4180) has a line per event, and cells that a spreadsheet would take for a formula begin with an apostrophe. Each export is in the audit trail, with its filters and how many tokens it holds.",
  privilege: "read:sessions",
  query: LedgerQuery.extend({ format: z.enum(LEDGER_FORMATS).default("csv") }),
  responds: {
    status: 200,
    description: "The file, in the format that was asked for.",
    schema: z.array(WireLedgerToken),
    contentType: "text/csv",
  },
  run: async (actor, { query: { format, ...query } }) => {
    const { chunks } = await exportLedger(actor, filterOf(query), format);
    const type = format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
    return new StreamReply(chunks, type, `share-tokens.${format}`);
  },
});

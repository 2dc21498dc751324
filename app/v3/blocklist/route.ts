import { z } from "zod";
import { BLOCKLIST_ITEMS } from "@/domain/lists/manage";
import { type EntryView, readBlocklist } from "@/domain/lists/read";
import { BlocklistRow, toBlocklistRow } from "@/domain/lists/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Contract section 7, the older way. */
export const GET = route({
  method: "GET",
  path: "/v3/blocklist/",
  summary: "List what the blocklists of faces, documents, phones and e-mails hold",
  privilege: "read:lists",
  query: z.object({ ...OFFSET_QUERY, item_type: z.enum(BLOCKLIST_ITEMS).optional() }),
  responds: { status: 200, description: "One page, the newest first.", schema: PageOf(BlocklistRow) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const entryTypes = query.item_type ? [query.item_type] : BLOCKLIST_ITEMS;
    const { count, entries } = await readBlocklist(actor, { entryTypes, ...page });
    return pageOf(request, page, count, entries);
  },
  answer: (page: { results: EntryView[] }, context: WireContext) => ({
    ...page,
    results: page.results.map((entry) => toBlocklistRow(entry, context)),
  }),
});

import { z } from "zod";
import { createList } from "@/domain/lists/manage";
import { type ListView, listLists } from "@/domain/lists/read";
import { ENTRY_TYPES, LIST_TYPES } from "@/domain/lists/rules";
import { CreateListBody, ListRow, toList } from "@/domain/lists/wire";
import { OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/lists/",
  summary: "List lists, the system blocklists first",
  privilege: "read:lists",
  query: z.object({
    ...OFFSET_QUERY,
    list_type: z.enum(LIST_TYPES).optional(),
    entry_type: z.enum(ENTRY_TYPES).optional(),
  }),
  responds: { status: 200, description: "One page.", schema: PageOf(ListRow) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const all = await listLists(actor, { listType: query.list_type, entryType: query.entry_type });
    return pageOf(request, page, all.length, all.slice(page.offset, page.offset + page.limit));
  },
  answer: (page: { results: ListView[] }) => ({ ...page, results: page.results.map(toList) }),
});

export const POST = route({
  method: "POST",
  path: "/v3/lists/",
  summary: "Create an allowlist or a custom list",
  description: "System blocklists are there already, one per entry type.",
  privilege: "write:lists",
  body: CreateListBody,
  responds: { status: 201, description: "Created.", schema: ListRow },
  errors: ["conflict"],
  run: (actor, { body }) => createList(actor, body),
  answer: toList,
});

import { z } from "zod";
import { addEntry } from "@/domain/lists/manage";
import { type EntryView, readEntries } from "@/domain/lists/read";
import { EntryBody, EntryRow, toEntry } from "@/domain/lists/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

const Params = z.object({ listId: z.uuid() });

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/lists/{listId}/entries/",
  summary: "List a list's entries, the newest first",
  privilege: "read:lists",
  params: Params,
  query: z.object({ ...OFFSET_QUERY, search: z.string().max(512).optional() }),
  responds: { status: 200, description: "One page.", schema: PageOf(EntryRow) },
  run: async (actor, { params, query, request }) => {
    const page = offsetOf(query);
    const { count, entries } = await readEntries(actor, { listId: params.listId, search: query.search, ...page });
    return pageOf(request, page, count, entries);
  },
  answer: (page: { results: EntryView[] }, context: WireContext) => ({
    ...page,
    results: page.results.map((entry) => toEntry(entry, context)),
  }),
});

export const POST = route({
  method: "POST",
  path: "/v3/lists/{listId}/entries/",
  summary: "Put a value on a list",
  description: "As given, or read from the session that `reference_session_id` names.",
  privilege: "write:lists",
  params: Params,
  body: EntryBody,
  responds: { status: 201, description: "Put on.", schema: EntryRow },
  errors: ["conflict"],
  run: (actor, { params, body }) => addEntry(actor, { listId: params.listId, ...body }),
  answer: (entry: EntryView, context: WireContext) => toEntry(entry, context),
});

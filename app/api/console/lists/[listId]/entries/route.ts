import { loadEntries } from "@/app/(console)/lists/load";
import { loadEntriesSearch } from "@/app/(console)/lists/search-params";
import type { Actor } from "@/domain/actor";
import { consoleRead, consoleSearch, idOf } from "@/lib/console-read";

type Context = { params: Promise<{ listId: string }> };

/** A page of a list's entries again. */
export const GET = consoleRead((actor, request, context: Context) => load(actor, request, null, context));

/** What a search finds among them: the words are in the body. */
export const POST = consoleSearch(load);

async function load(actor: Actor, request: Request, words: string | null, { params }: Context) {
  const [{ listId }, search] = await Promise.all([params, loadEntriesSearch(request)]);
  return loadEntries(actor, idOf(listId), search, words);
}

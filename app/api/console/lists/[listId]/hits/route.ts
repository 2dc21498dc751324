import { loadHits } from "@/app/(console)/lists/load";
import { loadHitsSearch } from "@/app/(console)/lists/search-params";
import { consoleRead, idOf } from "@/lib/console-read";

type Context = { params: Promise<{ listId: string }> };

/** The sessions that met a list, or one entry of it. */
export const GET = consoleRead(async (actor, request, { params }: Context) => {
  const [{ listId }, search] = await Promise.all([params, loadHitsSearch(request)]);
  return loadHits(actor, idOf(listId), search);
});

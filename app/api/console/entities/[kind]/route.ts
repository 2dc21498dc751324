import { getTimeZone } from "next-intl/server";
import { loadEntities } from "@/app/(console)/entities/load";
import { loadSearchParams } from "@/app/(console)/entities/search-params";
import type { Actor } from "@/domain/actor";
import { consoleRead, consoleSearch, kindOf } from "@/lib/console-read";

type Context = { params: Promise<{ kind: string }> };

/** The users or businesses again, for the same address that the page has: refreshed or filtered anew. */
export const GET = consoleRead((actor, request, context: Context) => load(actor, request, null, context));

/** The same, searched: the words are in the body. */
export const POST = consoleSearch(load);

async function load(actor: Actor, request: Request, words: string | null, { params }: Context) {
  const [{ kind }, search, timeZone] = await Promise.all([params, loadSearchParams(request), getTimeZone()]);
  return loadEntities(actor, kindOf(kind), search, words, timeZone);
}

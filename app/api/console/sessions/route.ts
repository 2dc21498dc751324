import { getTimeZone } from "next-intl/server";
import { loadSessions } from "@/app/(console)/sessions/load";
import { loadSearchParams } from "@/app/(console)/sessions/search-params";
import { consoleRead, consoleSearch } from "@/lib/console-read";

/** The sessions list again, for the same address that the page has: refreshed or filtered anew. */
export const GET = consoleRead(async (actor, request) => {
  const [search, timeZone] = await Promise.all([loadSearchParams(request), getTimeZone()]);
  return loadSessions(actor, search, null, timeZone);
});

/** The same, searched: the words are in the body. */
export const POST = consoleSearch(async (actor, request, words) => {
  const [search, timeZone] = await Promise.all([loadSearchParams(request), getTimeZone()]);
  return loadSessions(actor, search, words, timeZone);
});

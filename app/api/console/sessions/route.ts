import { getTimeZone } from "next-intl/server";
import { loadSessions } from "@/app/(console)/sessions/load";
import { loadSearchParams } from "@/app/(console)/sessions/search-params";
import { consoleRead } from "@/lib/console-read";

/** The sessions list again, for the same address that the page has: refreshed or filtered anew. */
export const GET = consoleRead(async (actor, request) => {
  const [search, timeZone] = await Promise.all([loadSearchParams(request), getTimeZone()]);
  return loadSessions(actor, search, timeZone);
});

import { loadQueue } from "@/app/(console)/queue/load";
import { loadSearchParams } from "@/app/(console)/queue/search-params";
import { consoleRead } from "@/lib/console-read";

/** The queue again, for the same address that the page has: refreshed or filtered anew. */
export const GET = consoleRead(async (actor, request) => loadQueue(actor, await loadSearchParams(request)));

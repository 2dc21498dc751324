import { loadLists } from "@/app/(console)/lists/load";
import { consoleRead } from "@/lib/console-read";

/** The lists again, as the screen keeps itself fresh. */
export const GET = consoleRead((actor) => loadLists(actor));

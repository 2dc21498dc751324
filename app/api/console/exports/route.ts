import { loadExports } from "@/app/(console)/exports/load";
import { consoleRead } from "@/lib/console-read";

export const GET = consoleRead((actor) => loadExports(actor));

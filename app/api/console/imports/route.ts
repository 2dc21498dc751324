import { loadImports } from "@/app/(console)/imports/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadImports(actor, searchOf(request)));

import { loadPulls } from "@/app/(console)/requests/sessions/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadPulls(actor, searchOf(request)));

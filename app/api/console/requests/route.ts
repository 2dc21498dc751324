import { loadRequests } from "@/app/(console)/requests/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadRequests(actor, searchOf(request)));

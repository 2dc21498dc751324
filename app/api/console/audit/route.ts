import { loadAudit } from "@/app/(console)/audit/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadAudit(actor, searchOf(request)));

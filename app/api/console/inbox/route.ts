import { loadInbox } from "@/app/(console)/imports/inbox/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadInbox(actor, searchOf(request)));

import { loadShareTokens } from "@/app/(console)/share-tokens/load";
import { consoleRead, searchOf } from "@/lib/console-read";

export const GET = consoleRead((actor, request) => loadShareTokens(actor, searchOf(request)));

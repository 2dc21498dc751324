import { loadTestReceiver } from "@/app/(console)/webhooks/load";
import { consoleRead } from "@/lib/console-read";

export const GET = consoleRead(loadTestReceiver);

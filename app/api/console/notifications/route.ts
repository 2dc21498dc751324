import { listNotifications } from "@/domain/notifications/read";
import { consoleRead } from "@/lib/console-read";

/** What the bell shows. */
export const GET = consoleRead((actor) => listNotifications(actor));

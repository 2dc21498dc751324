import { listColleagues } from "@/domain/notifications/colleagues";
import { consoleRead } from "@/lib/console-read";

/** Whom a note may name, read when somebody begins to type a name. */
export const GET = consoleRead((actor) => listColleagues(actor));

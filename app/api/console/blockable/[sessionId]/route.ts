import { readBlockable } from "@/domain/lists/manage";
import { consoleRead, idOf } from "@/lib/console-read";

type Context = { params: Promise<{ sessionId: string }> };

/** What of a session can be blocked and what is, read when the dialog opens. */
export const GET = consoleRead(async (actor, _request, { params }: Context) =>
  readBlockable(actor, idOf((await params).sessionId)),
);

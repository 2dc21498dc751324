import { reportSession } from "@/domain/reports/report";
import { consoleFile, idOf } from "@/lib/console-read";

export const GET = consoleFile<{ params: Promise<{ sessionId: string }> }>(async (actor, { params }) =>
  reportSession(actor, idOf((await params).sessionId)),
);

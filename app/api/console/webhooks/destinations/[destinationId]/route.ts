import { loadDestination } from "@/app/(console)/webhooks/load";
import { consoleRead, idOf } from "@/lib/console-read";

export const GET = consoleRead(async (actor, _, { params }: { params: Promise<{ destinationId: string }> }) =>
  loadDestination(actor, idOf((await params).destinationId)),
);

import { loadDelivery } from "@/app/(console)/webhooks/load";
import { consoleRead, idOf } from "@/lib/console-read";

export const GET = consoleRead(async (actor, _, { params }: { params: Promise<{ deliveryId: string }> }) =>
  loadDelivery(actor, idOf((await params).deliveryId)),
);

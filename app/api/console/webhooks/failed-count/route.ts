import { z } from "zod";
import { DomainError } from "@/domain/errors";
import { countDeliveries } from "@/domain/webhooks/counts";
import { consoleRead } from "@/lib/console-read";

const Query = z.object({ destination: z.uuid(), from: z.coerce.date(), before: z.coerce.date().optional() });

/** What "send again what failed" would take up. */
export const GET = consoleRead(async (actor, request) => {
  const { data } = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!data) throw new DomainError("not_found", "Not found.");
  const { destination, from, before } = data;
  const { failed } = await countDeliveries(actor, { destinationId: destination, from, ...(before && { before }) });
  return failed;
});

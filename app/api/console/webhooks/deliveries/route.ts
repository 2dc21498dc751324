import { getTimeZone } from "next-intl/server";
import { loadDeliveries } from "@/app/(console)/webhooks/load";
import { loadSearchParams } from "@/app/(console)/webhooks/search-params";
import { consoleRead } from "@/lib/console-read";

export const GET = consoleRead(async (actor, request) => {
  const [search, timeZone] = await Promise.all([loadSearchParams(request), getTimeZone()]);
  return loadDeliveries(actor, search, timeZone);
});

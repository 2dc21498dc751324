import { loadPulse } from "@/app/(console)/webhooks/load";
import { consoleRead, idOf } from "@/lib/console-read";

export const GET = consoleRead(async (actor, request) => {
  const destination = new URL(request.url).searchParams.get("destination");
  return loadPulse(actor, destination && idOf(destination));
});

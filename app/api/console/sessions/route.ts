import { getTimeZone } from "next-intl/server";
import { loadSessions } from "@/app/(console)/sessions/load";
import { loadSearchParams } from "@/app/(console)/sessions/search-params";
import { DomainError } from "@/domain/errors";
import { currentActor } from "@/lib/auth";
import { problemOf } from "@/lib/problem";

/** The sessions list again, for the same address that the page has: refreshed or filtered anew. */
export async function GET(request: Request) {
  try {
    const actor = await currentActor();
    if (!actor) throw new DomainError("unauthenticated", "You are signed out.");
    // A list asked for in one application is never answered from another that was switched to meanwhile.
    const asked = new URL(request.url).searchParams.get("application");
    if (asked !== actor.applicationId) throw new DomainError("not_found", "Not found.");
    const [search, timeZone] = await Promise.all([loadSearchParams(request), getTimeZone()]);
    return Response.json(await loadSessions(actor, search, timeZone));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { status, body } = problemOf(error);
    return Response.json(body, { status });
  }
}

import { currentActor } from "@/lib/auth";
import { readSessionPage, SessionParams } from "../../../(console)/sessions/read-page";

/** The sessions list, for the screen that keeps itself fresh. */
export async function GET(request: Request): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  const actor = await currentActor();
  if (!actor) return Response.json({ code: "unauthenticated" }, { status: 401, headers });
  if (!actor.privileges.has("read:sessions")) return Response.json({ code: "forbidden" }, { status: 403, headers });
  const params = SessionParams.parse(Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await readSessionPage(actor, params), { headers });
}

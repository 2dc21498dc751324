import type { Actor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { currentActor } from "./auth";
import { problemOf } from "./problem";

/**
 * A GET for screens that refresh themselves: who asks is read from the cookie, and a list asked for in one application is
 * never answered from another that was switched to meanwhile.
 */
export function consoleRead<A>(read: (actor: Actor, request: Request) => Promise<A>) {
  return async (request: Request): Promise<Response> => {
    try {
      const actor = await currentActor();
      if (!actor) throw new DomainError("unauthenticated", "You are signed out.");
      const asked = new URL(request.url).searchParams.get("application");
      if (asked !== null && asked !== actor.applicationId) throw new DomainError("not_found", "Not found.");
      return Response.json(await read(actor, request));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { status, body } = problemOf(error);
      return Response.json(body, { status });
    }
  };
}

/** The parameters of an address as a page gets them. */
export const searchOf = (request: Request): Record<string, string> =>
  Object.fromEntries([...new URL(request.url).searchParams].reverse());

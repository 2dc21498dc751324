import { identifyApiKey } from "@/domain/access/api-keys";
import type { Actor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";

/** Set by the server process from the socket, or from the proxies it trusts, whatever the client sent. */
export const REMOTE_ADDRESS_HEADER = "x-aval-remote-address";

/**
 * Who is asking, read from the database on every request.
 * @throws unauthenticated
 */
export async function identify(request: Request, requestId: string): Promise<Actor> {
  const presented = request.headers.get("x-api-key");
  const actor = presented ? await identifyApiKey(presented.trim()) : null;
  if (!actor) throw new DomainError("unauthenticated", "Authentication credentials were not provided or are invalid.");
  return { ...actor, requestId, ip: request.headers.get(REMOTE_ADDRESS_HEADER) ?? undefined };
}

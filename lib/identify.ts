import { identifyAccessToken, type Person } from "@/domain/access/access-tokens";
import { identifyApiKey } from "@/domain/access/api-keys";
import { asMemberIn } from "@/domain/access/organisations";
import type { Actor } from "@/domain/actor";
import { DomainError, invalidField } from "@/domain/errors";
import { readClaims } from "@/domain/share-tokens/token";
import { MAX_BODY_BYTES, parseBody, readBody } from "./body";
import { REMOTE_ADDRESS_HEADER } from "./remote-address";

export const ORGANISATION_HEADER = "x-didit-organization-id";
/** Ours: for members of several applications, where neither the path nor the token says which one is meant. */
export const APPLICATION_HEADER = "x-didit-application-id";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const unauthenticated = () =>
  new DomainError("unauthenticated", "Authentication credentials were not provided or are invalid.");

export const addressOf = (request: Request): string | undefined =>
  request.headers.get(REMOTE_ADDRESS_HEADER) ?? undefined;

/**
 * Who is asking, read from the database on every request: an application by its key, or a member by an access token
 * (contract section 0.4).
 * @throws unauthenticated, forbidden, invalid_input
 */
export async function identify(request: Request, requestId: string, path: Record<string, string> = {}): Promise<Actor> {
  const ip = addressOf(request);
  const key = request.headers.get("x-api-key")?.trim();
  if (key) {
    const actor = await identifyApiKey(key, ip);
    if (!actor) throw unauthenticated();
    return { ...actor, requestId, ip };
  }
  const person = await identifyPerson(request);
  return asMemberIn(
    person,
    headerId(request, ORGANISATION_HEADER) ?? null,
    {
      applicationId: headerId(request, APPLICATION_HEADER),
      ofToken: await tokenOf(request),
      sessionId: path.sessionId && UUID.test(path.sessionId) ? path.sessionId : undefined,
    },
    { requestId, ip },
  );
}

/** @throws unauthenticated */
export async function identifyPerson(request: Request): Promise<Person> {
  const [, token] = /^bearer\s+(\S+)$/i.exec(request.headers.get("authorization")?.trim() ?? "") ?? [];
  const person = token ? await identifyAccessToken(token) : null;
  if (!person) throw unauthenticated();
  return person;
}

function headerId(request: Request, name: string): string | undefined {
  const given = request.headers.get(name)?.trim();
  if (!given) return undefined;
  if (!UUID.test(given)) throw invalidField(name, "Must be a valid UUID.");
  return given.toLowerCase();
}

/** A share token names the one application that may redeem it. Whether it is genuine is the act's to check. */
async function tokenOf(request: Request): Promise<{ forApplicationId?: string } | undefined> {
  if (request.method !== "POST" || !/\/(import-shared|inspect)\/?$/.test(new URL(request.url).pathname))
    return undefined;
  try {
    const body = parseBody(await readBody(request.clone(), MAX_BODY_BYTES)) as { share_token?: unknown };
    const claims = typeof body.share_token === "string" ? readClaims(body.share_token) : null;
    return { forApplicationId: claims?.for_application_id };
  } catch {
    // What is wrong with the body is said when it is parsed, after who is asking.
    return {};
  }
}

import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { DomainError, invalidField } from "@/domain/errors";
import { KINDS, type SessionKind } from "@/domain/sessions/rules";
import { FileReply, fileResponse, StreamReply, streamResponse } from "./answer";
import { currentActor } from "./auth";
import { problemOf } from "./problem";

/** Characters. */
const MAX_SEARCH = 200;

/**
 * A GET for screens that refresh themselves: who asks is read from the cookie, and a list asked for in one application is
 * never answered from another that was switched to meanwhile.
 */
export function consoleRead<A, C>(read: (actor: Actor, request: Request, context: C) => Promise<A>) {
  return async (request: Request, context: C): Promise<Response> => {
    try {
      const actor = await currentActor();
      if (!actor) throw new DomainError("unauthenticated", "You are signed out.");
      const asked = new URL(request.url).searchParams.get("application");
      if (asked !== null && asked !== actor.applicationId) throw new DomainError("not_found", "Not found.");
      const answer = await read(actor, request, context);
      if (answer instanceof StreamReply) return streamResponse(answer, randomUUID());
      return answer instanceof FileReply ? fileResponse(answer, randomUUID()) : Response.json(answer);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { status, body } = problemOf(error);
      return Response.json(body, { status });
    }
  };
}

/** A PDF that the browser saves: another's session is answered like none, as JSON. */
export function consoleFile<C>(make: (actor: Actor, context: C) => Promise<{ bytes: Uint8Array; filename: string }>) {
  return consoleRead<FileReply, C>(async (actor, _, context) => {
    const { bytes, filename } = await make(actor, context);
    return new FileReply(bytes, "application/pdf", filename);
  });
}

const Searched = z.object({ search: z.string().trim().min(1).max(MAX_SEARCH) });

/**
 * A read for what somebody searches for: names and numbers do not belong in an address.
 * @throws invalid_input
 */
export function consoleSearch<A, C>(read: (actor: Actor, request: Request, words: string, context: C) => Promise<A>) {
  return consoleRead<A, C>(async (actor, request, context) => {
    const { data } = Searched.safeParse(await request.json().catch(() => null));
    if (!data) throw invalidField("search", `Between 1 and ${MAX_SEARCH} characters.`);
    return read(actor, request, data.search, context);
  });
}

/** The parameters of an address as a page gets them. */
export const searchOf = (request: Request): Record<string, string> =>
  Object.fromEntries([...new URL(request.url).searchParams].reverse());

/** An id out of an address. @throws not_found, as for one that nothing has */
export function idOf(text: string): string {
  const { data } = z.uuid().safeParse(text);
  if (!data) throw new DomainError("not_found", "Not found.");
  return data;
}

/** Whether an address is about persons or companies. @throws not_found */
export function kindOf(text: string): SessionKind {
  const { data } = z.enum(KINDS).safeParse(text);
  if (!data) throw new DomainError("not_found", "Not found.");
  return data;
}

import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Privilege } from "@/domain/access/rules";
import { type Actor, authorize } from "@/domain/actor";
import { DomainError, invalidField } from "@/domain/errors";
import type { WireContext } from "@/domain/sessions/wire";
import { env } from "@/env";
import { type Answer, AnsweredElsewhere, idempotencyOf } from "./idempotency";
import { identify } from "./identify";
import { log } from "./log";
import { fieldErrorsOf, type Problem, problemOf, unexpectedProblem, wireMessages } from "./problem";

/** A JSON body is at most this long unless a route says otherwise. */
export const MAX_BODY_BYTES = 1024 * 1024;

type Shape = z.ZodType;
type Out<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;

export interface RouteSpec<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined> {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Canonical, with the slash that ends it: `/v3/session/{sessionId}/share/`. Both forms are served (ruling 12). */
  path: string;
  summary: string;
  description?: string;
  privilege: Privilege;
  params?: P;
  query?: Q;
  body?: B;
  maxBodyBytes?: number;
  responds: { status: number; schema: Shape; description: string };
  /** Takes `Idempotency-Key`: the act stores its answer in its own transaction. `answer` builds the body from the act's result. */
  idempotent?: boolean;
  run(actor: Actor, input: { params: Out<P>; query: Out<Q>; body: Out<B>; request: Request }): Promise<unknown>;
  /** From the act's result to the wire. */
  answer?(result: never, context: WireContext, actor: Actor): unknown;
}

export interface ApiRoute {
  (request: Request): Promise<Response>;
  spec: RouteSpec<Shape | undefined, Shape | undefined, Shape | undefined>;
}

/** Wraps a domain function as an API endpoint: identify, parse, run, answer. */
export function route<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(spec: RouteSpec<P, Q, B>): ApiRoute {
  const pattern = patternOf(spec.path);
  const handle = async (request: Request): Promise<Response> => {
    const requestId = randomUUID();
    const started = performance.now();
    let status = 500;
    try {
      const response = await serve(spec as never, pattern, request, requestId);
      status = response.status;
      return response;
    } catch (error) {
      const problem = toProblem(error, requestId, spec.path);
      status = problem.status;
      return json(problem.status, problem.body, requestId, problem.headers);
    } finally {
      log().debug({
        requestId,
        method: spec.method,
        path: spec.path,
        status,
        ms: Math.round(performance.now() - started),
      });
    }
  };
  return Object.assign(handle, { spec: spec as unknown as ApiRoute["spec"] });
}

async function serve(spec: ApiRoute["spec"], pattern: RegExp, request: Request, requestId: string): Promise<Response> {
  const url = new URL(request.url);
  const actor = await identify(request, requestId);
  authorize(actor, spec.privilege);

  const raw = Object.fromEntries(
    Object.entries(pattern.exec(url.pathname)?.groups ?? {}).map(([name, value]) => [name, decoded(value)]),
  );
  // An id that is no id names nothing: it is answered like any other object that is not there.
  const params = spec.params?.safeParse(raw);
  if (params && !params.success) throw new DomainError("not_found", "Not found.");
  for (const [name, value] of url.searchParams)
    if (value.includes("\0")) throw invalidField(name, "Null characters are not allowed.");
  const query = parse(spec.query, Object.fromEntries(url.searchParams));
  const text = spec.body ? await readBody(request, spec.maxBodyBytes ?? MAX_BODY_BYTES) : "";
  const body = spec.body ? parse(spec.body, parseJson(text)) : undefined;

  const toAnswer = (result: unknown): Answer => {
    const built = spec.answer ? spec.answer(result as never, wireContext(actor), actor) : result;
    return { status: spec.responds.status, body: spec.responds.schema.parse(built) };
  };
  const key = request.headers.get("idempotency-key");
  if (!spec.idempotent || key === null) {
    const result = await spec.run(actor, { params: params?.data, query, body, request } as never);
    if (result instanceof Response) return result;
    const answer = toAnswer(result);
    return json(answer.status, answer.body, requestId);
  }

  const idempotency = idempotencyOf(actor, key, `${spec.method} ${url.pathname.replace(/\/+$/, "")}/`, text);
  const replayed = (answer: Answer) => json(answer.status, answer.body, requestId, { "Idempotency-Replayed": "true" });
  const earlier = await idempotency.replay();
  if (earlier) return replayed(earlier);
  let answer: Answer | undefined;
  try {
    const remembering: Actor = {
      ...actor,
      beforeCommit: async (tx, result) => {
        answer = toAnswer(result);
        await idempotency.remember(tx, answer);
      },
    };
    const result = await spec.run(remembering, { params: params?.data, query, body, request } as never);
    answer ??= toAnswer(result);
    return json(answer.status, answer.body, requestId);
  } catch (error) {
    // The same request may have been under way elsewhere: whoever committed first has the answer for both.
    if (error instanceof AnsweredElsewhere || (error instanceof DomainError && error.code === "already_imported")) {
      const first = await idempotency.replay();
      if (first) return replayed(first);
    }
    throw error;
  }
}

export function wireContext(actor: Actor): WireContext {
  return {
    applicationId: actor.applicationId,
    kybStatusFormat: actor.kybStatusFormat,
    baseUrl: env().publicUrl,
    now: new Date(),
  };
}

function parse(schema: Shape | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: wireMessages });
  if (result.success) return result.data;
  const fields = fieldErrorsOf(result.error.issues);
  throw new DomainError("invalid_input", "The request is not valid.", { fields });
}

async function readBody(request: Request, limit: number): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type && type !== "application/json") {
    throw new DomainError("unsupported_media_type", `Unsupported media type "${type.slice(0, 100)}" in request.`);
  }
  const tooLarge = new DomainError("payload_too_large", `The body may have at most ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > limit) throw tooLarge;
      chunks.push(chunk);
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new DomainError("invalid_input", "JSON parse error - the body is not UTF-8.");
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return {};
  // PostgreSQL cannot store U+0000 in text; refusing it here names the reason.
  if (text.includes("\\u0000")) throw new DomainError("invalid_input", "JSON parse error - U+0000 is not allowed.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DomainError(
      "invalid_input",
      `JSON parse error - ${(error as SyntaxError).message.split("\n")[0]?.slice(0, 120)}`,
    );
  }
  if (isDeeperThan(MAX_NESTING, value)) throw new DomainError("invalid_input", "JSON parse error - nested too deeply.");
  return value;
}

/** Far deeper than anything in the contract, and far from what walking it would cost the stack. */
const MAX_NESTING = 100;

function isDeeperThan(levels: number, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function toProblem(error: unknown, requestId: string, path: string): Problem {
  if (error instanceof DomainError) return problemOf(error);
  log().error({ requestId, path, err: error });
  return unexpectedProblem(requestId);
}

export function json(status: number, body: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}

function patternOf(path: string): RegExp {
  const source = path.replace(/\/$/, "").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}/?$`);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

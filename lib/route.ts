import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { OutsideLimits } from "@/db/client";
import type { Privilege } from "@/domain/access/rules";
import { type Actor, authorize, mayOpenMedia } from "@/domain/actor";
import { DomainError, type ErrorCode, invalidField } from "@/domain/errors";
import type { WireContext } from "@/domain/sessions/wire";
import { env, type RateScope } from "@/env";
import { FileReply, fileResponse, json, Reply, StreamReply, streamResponse } from "./answer";
import { MAX_BODY_BYTES, parseBody, readBody } from "./body";
import { type Answer, AnsweredElsewhere, idempotencyOf } from "./idempotency";
import { addressOf, identify } from "./identify";
import { log } from "./log";
import { fieldTreeOf, type Problem, problemOf, unexpectedProblem, wireMessages } from "./problem";
import { callerOf, countRequest, rateHeaders, type Standing, Throttled } from "./rate-limit";

export { FileReply, json, Reply, StreamReply } from "./answer";

type Shape = z.ZodType;
type Out<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;

/** One documented answer. */
export interface ReplySpec {
  status: number;
  description: string;
  /** Of a JSON body; none for 204 and for files. */
  schema?: Shape;
  /** Of a file; beside a schema, when the request chooses between the two. */
  contentType?: string;
}

export interface RouteSpec<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Canonical, with the slash that ends it: `/v3/session/{sessionId}/share/`. Both forms are served (ruling 12). */
  path: string;
  /** The parameter that may hold slashes: one official client does not encode them in `vendor_data` (contract section 7). */
  spans?: string;
  summary: string;
  description?: string;
  privilege: Privilege;
  /** The name under which agents are offered this route as a tool (lib/mcp); the others are not for them. */
  tool?: string;
  /** The scope of contract section 0.7 that the route counts in, beside the generic one of its method. */
  rateScope?: RateScope;
  params?: P;
  query?: Q;
  /** Of any method; a body that is empty counts as `{}`. */
  body?: B;
  /** Shown in the documentation instead of what the schema alone suggests. */
  bodyExample?: unknown;
  maxBodyBytes?: number;
  /** Numbers that JavaScript cannot hold exactly are rounded instead of refused. */
  roundNumbers?: boolean;
  /** The first is what `run` answers with; for another, it returns a `Reply` of that status, or a `FileReply`. */
  responds: ReplySpec | readonly [ReplySpec, ...ReplySpec[]];
  /** Refusals of the act itself; those that every route has (credentials, input, limits) are added by `errorsOf`. */
  errors?: readonly ErrorCode[];
  /** A fault between fields is a 400 whose body is the bare list of its messages (contract section 0.5). */
  refusesInLists?: boolean;
  /** Takes `Idempotency-Key`: the act stores its answer in its own transaction. `answer` builds the body from the act's result. */
  idempotent?: boolean;
  /** Asked before a body is refused: what it throws goes out instead, where the contract puts the state before the body. */
  beforeInvalidBody?(actor: Actor, input: { params: Out<P> }): Promise<void>;
  run(actor: Actor, input: { params: Out<P>; query: Out<Q>; body: Out<B>; request: Request }): Promise<unknown>;
  /** From the act's result to the wire; a `Reply` when the result decides which of the answers it is. */
  answer?(result: never, context: WireContext, actor: Actor): unknown;
}

type AnySpec = RouteSpec<Shape | undefined, Shape | undefined, Shape | undefined>;

export interface ApiRoute {
  (request: Request): Promise<Response>;
  spec: AnySpec;
}

export const repliesOf = (spec: Pick<AnySpec, "responds">): readonly [ReplySpec, ...ReplySpec[]] =>
  Array.isArray(spec.responds)
    ? (spec.responds as unknown as [ReplySpec, ...ReplySpec[]])
    : [spec.responds as ReplySpec];

/** Every refusal that a route may answer with: its own, and those of its wrapper. */
export function errorsOf(spec: AnySpec): ErrorCode[] {
  return [
    ...new Set<ErrorCode>([
      "unauthenticated",
      "forbidden",
      "rate_limited",
      // Without a body, too: a query or the header that names an organisation may make no sense.
      "invalid_input",
      ...(spec.params ? (["not_found"] as const) : []),
      ...(spec.body ? (["payload_too_large", "unsupported_media_type"] as const) : []),
      ...(spec.idempotent ? (["idempotency_key_reused"] as const) : []),
      ...(spec.errors ?? []),
    ]),
  ];
}

/** Wraps a domain function as an API endpoint: identify, count, parse, run, answer. */
export function route<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(spec: RouteSpec<P, Q, B>): ApiRoute {
  const pattern = patternOf(spec.path, spec.spans);
  const handle = answering(spec, (request, requestId, counted) =>
    serve(spec as never, pattern, request, requestId, counted),
  );
  return Object.assign(handle, { spec: spec as unknown as AnySpec });
}

/** More than this is not read only to be thrown away. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/**
 * A refusal may come before the body was read. What is left of it stands between this request and the next one on the
 * same connection, and the server would cut both off after half a second.
 * @returns whether the connection can go on
 */
async function readOn(request: Request): Promise<boolean> {
  if (!request.body || request.bodyUsed) return true;
  const length = request.headers.get("content-length");
  // Without either header there is no body, whatever the method.
  if (length === null && !request.headers.has("transfer-encoding")) return true;
  if (length === null || Number(length) > MAX_UNREAD_BYTES) return false;
  return request.body.pipeTo(new WritableStream()).then(
    () => true,
    () => false,
  );
}

/** Where a caller stands, once it has been counted. */
export type Counted = { standing: Standing | null };

/** What every endpoint has around it: a request id, refusals in their one shape, the headers of section 0.7, a log line. */
export function answering(
  spec: Pick<AnySpec, "method" | "path">,
  serve: (request: Request, requestId: string, counted: Counted) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = randomUUID();
    const started = performance.now();
    const counted: Counted = { standing: null };
    let response: Response;
    try {
      response = await serve(request, requestId, counted);
    } catch (error) {
      if (error instanceof Throttled) counted.standing = error.standing;
      const problem = toProblem(error, requestId, spec.path);
      response = json(problem.status, problem.body, requestId, problem.headers);
    }
    for (const [name, value] of Object.entries(rateHeaders(counted.standing))) response.headers.set(name, value);
    if (!response.headers.has("Connection") && !(await readOn(request))) response.headers.set("Connection", "close");
    log().debug({
      requestId,
      method: spec.method,
      path: spec.path,
      status: response.status,
      ms: Math.round(performance.now() - started),
    });
    return response;
  };
}

async function serve(
  spec: AnySpec,
  pattern: RegExp,
  request: Request,
  requestId: string,
  counted: Counted,
): Promise<Response> {
  const url = new URL(request.url);
  const raw = pathValues(pattern, url);
  const actor = await identifyAndCount(spec, request, requestId, counted, raw);
  authorize(actor, spec.privilege);

  // An id that is no id names nothing: it is answered like any other object that is not there.
  const params = spec.params?.safeParse(raw);
  if ((params && !params.success) || holdsNull(raw)) throw new DomainError("not_found", "Not found.");
  for (const [name, value] of url.searchParams) {
    if (value.includes("\0")) throw invalidField(name, "Null characters are not allowed.");
  }
  const query = parse(spec.query, Object.fromEntries(url.searchParams));
  const text = spec.body ? await readBody(request, spec.maxBodyBytes ?? MAX_BODY_BYTES) : "";
  const body = await bodyOf(spec, actor, params?.data, text);

  const toAnswer = (result: unknown): Answer => {
    const given =
      spec.answer && !(result instanceof Reply) ? spec.answer(result as never, wireContext(actor), actor) : result;
    const reply = given instanceof Reply ? given : new Reply(repliesOf(spec)[0].status, given);
    const documented = repliesOf(spec).find((one) => one.status === reply.status);
    if (!documented)
      throw new Error(`${spec.method} ${spec.path} answers ${reply.status}, which it does not document.`);
    return { status: reply.status, body: documented.schema ? documented.schema.parse(reply.body) : null };
  };
  const input = { params: params?.data, query, body, request } as never;
  const key = request.headers.get("idempotency-key");
  if (!spec.idempotent || key === null) {
    const result = await spec.run(actor, input);
    if (result instanceof Response) return result;
    if (result instanceof FileReply) return fileResponse(result, requestId);
    if (result instanceof StreamReply) return streamResponse(result, requestId);
    const answer = toAnswer(result);
    return json(answer.status, answer.body, requestId, result instanceof Reply ? result.headers : {});
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
    const result = await spec.run(remembering, input);
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

/** Contract section 0.7: who is known counts by itself, everybody else by address. */
async function identifyAndCount(
  spec: AnySpec,
  request: Request,
  requestId: string,
  counted: Counted,
  raw: Record<string, string>,
): Promise<Actor> {
  const generic = spec.method === "GET" ? "generic-get" : "generic-write";
  const scopes = spec.rateScope ? ([generic, spec.rateScope] as const) : ([generic] as const);
  try {
    const actor = await identify(request, requestId, raw);
    counted.standing = await countRequest(callerOf(actor), scopes);
    return actor;
  } catch (error) {
    // Nobody, or somebody who may not be here: nothing is asked for free.
    if (error instanceof DomainError) {
      counted.standing = await countRequest(`address:${addressOf(request) ?? ""}`, scopes);
    }
    throw error;
  }
}

async function bodyOf(spec: AnySpec, actor: Actor, params: unknown, text: string): Promise<unknown> {
  if (!spec.body) return undefined;
  try {
    return parse(spec.body, parseBody(text, { roundNumbers: spec.roundNumbers }));
  } catch (error) {
    await spec.beforeInvalidBody?.(actor, { params } as never);
    throw error;
  }
}

export function wireContext(actor: Actor): WireContext {
  return {
    applicationId: actor.applicationId,
    kybStatusFormat: actor.kybStatusFormat,
    baseUrl: env().publicUrl,
    now: new Date(),
    withoutMedia: !mayOpenMedia(actor),
    withoutSessionLinks: !actor.privileges.has("write:sessions"),
  };
}

export function parse(schema: Shape | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: wireMessages });
  if (result.success) return result.data;
  throw new DomainError("invalid_input", "The request is not valid.", { tree: fieldTreeOf(result.error.issues) });
}

function toProblem(error: unknown, requestId: string, path: string): Problem {
  if (error instanceof DomainError) return problemOf(error);
  if (error instanceof OutsideLimits)
    return problemOf(
      new DomainError("forbidden", "This API key is limited to other workflows or statuses and cannot do this."),
    );
  log().error({ requestId, path, err: error });
  return unexpectedProblem(requestId);
}

export function patternOf(path: string, spans?: string): RegExp {
  const source = path
    .replace(/\/$/, "")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${name === spans ? ".+?" : "[^/]+"})`);
  return new RegExp(`^${source}/?$`);
}

/** What the path says, by the names in its pattern. */
export function pathValues(pattern: RegExp, url: URL): Record<string, string> {
  return Object.fromEntries(
    Object.entries(pattern.exec(url.pathname)?.groups ?? {}).map(([name, value]) => [name, decoded(value)]),
  );
}

/** What the database cannot hold is the name of nothing. */
export const holdsNull = (path: Record<string, string>) => Object.values(path).some((value) => value.includes("\0"));

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

import type { z } from "zod";
import type { Person } from "@/domain/access/access-tokens";
import type { Origin } from "@/domain/access/registration";
import { DomainError, type ErrorCode } from "@/domain/errors";
import { matchLocale } from "@/i18n/locales";
import { json } from "./answer";
import { MAX_BODY_BYTES, parseBody, readBody } from "./body";
import { addressOf, identifyPerson } from "./identify";
import { callerOf, countRequest } from "./rate-limit";
import { answering, type Counted, parse, pathValues, patternOf, type ReplySpec } from "./route";

type Shape = z.ZodType;
type Out<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;

/** Who a route of `/auth/v2` is for: anybody, or whoever holds an access token. No application is involved. */
type CallerOf<W extends "anyone" | "person"> = W extends "person" ? Person : null;

export interface AccountRouteSpec<
  W extends "anyone" | "person",
  P extends Shape | undefined,
  B extends Shape | undefined,
> {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Canonical, with the slash that ends it. Both forms are served. */
  path: string;
  summary: string;
  description?: string;
  caller: W;
  params?: P;
  body?: B;
  responds: ReplySpec;
  /** Refusals of the act itself; those that every route has are added by `accountErrorsOf`. */
  errors?: readonly ErrorCode[];
  run(caller: CallerOf<W>, input: { params: Out<P>; body: Out<B>; from: Origin; request: Request }): Promise<unknown>;
}

export type AnyAccountSpec = AccountRouteSpec<"anyone" | "person", Shape | undefined, Shape | undefined>;

export interface AccountRoute {
  (request: Request): Promise<Response>;
  spec: AnyAccountSpec;
}

/** Every refusal that a route of accounts may answer with: its own, and those of its wrapper. */
export function accountErrorsOf(spec: AnyAccountSpec): ErrorCode[] {
  return [
    ...new Set<ErrorCode>([
      "rate_limited",
      ...(spec.caller === "person" ? (["unauthenticated"] as const) : []),
      ...(spec.params ? (["not_found"] as const) : []),
      ...(spec.body ? (["invalid_input", "payload_too_large", "unsupported_media_type"] as const) : []),
      ...(spec.errors ?? []),
    ]),
  ];
}

/** As `route()`, for what is about people and organisations instead of one application's sessions. */
export function accountRoute<
  W extends "anyone" | "person",
  P extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(spec: AccountRouteSpec<W, P, B>): AccountRoute {
  const pattern = patternOf(spec.path);
  const serve = async (request: Request, requestId: string, counted: Counted): Promise<Response> => {
    const caller = await identifyAndCount(spec.caller, spec.method, request, counted);
    const params = spec.params?.safeParse(pathValues(pattern, new URL(request.url)));
    if (params && !params.success) throw new DomainError("not_found", "Not found.");
    const body = spec.body && parse(spec.body, parseBody(await readBody(request, MAX_BODY_BYTES)));
    const result = await spec.run(caller as never, {
      params: params?.data as never,
      body: body as never,
      from: originOf(request, requestId),
      request,
    });
    return json(spec.responds.status, spec.responds.schema ? spec.responds.schema.parse(result) : null, requestId);
  };
  return Object.assign(answering(spec, serve), { spec: spec as unknown as AnyAccountSpec });
}

async function identifyAndCount(
  wanted: "anyone" | "person",
  method: string,
  request: Request,
  counted: Counted,
): Promise<Person | null> {
  const scopes = [method === "GET" ? "generic-get" : "generic-write"] as const;
  const countAddress = async () => {
    counted.standing = await countRequest(`address:${addressOf(request) ?? ""}`, scopes);
  };
  if (wanted === "anyone") {
    await countAddress();
    return null;
  }
  try {
    const person = await identifyPerson(request);
    counted.standing = await countRequest(callerOf({ kind: "member", id: person.memberId }), scopes);
    return person;
  } catch (error) {
    if (error instanceof DomainError && error.code === "unauthenticated") await countAddress();
    throw error;
  }
}

function originOf(request: Request, requestId: string): Origin {
  return {
    requestId,
    ip: addressOf(request),
    userAgent: request.headers.get("user-agent") ?? undefined,
    locale: matchLocale(request.headers.get("accept-language")),
  };
}

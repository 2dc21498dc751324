import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { listStepRequests, type RequestCursor } from "@/domain/step-requests/list";
import { requestSteps, type StepRequestRow } from "@/domain/step-requests/request";
import { REQUEST_DIRECTIONS, REQUEST_STATES, Steps } from "@/domain/step-requests/rules";
import { toStepRequest, WireStepRequest } from "@/domain/step-requests/wire";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/step-requests/";

interface Page {
  rows: StepRequestRow[];
  next: string | null;
}

/** Ours: steps that partners miss in sessions of yours, and those that you miss in theirs. */
export const GET = route({
  method: "GET",
  path,
  summary: "List requests for missing steps",
  description: "Newest first. Follow `next` until it is null.",
  privilege: "read:sessions",
  query: z.object({
    direction: z.enum(REQUEST_DIRECTIONS).optional(),
    state: z.enum(REQUEST_STATES).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WireStepRequest) }),
  },
  run: async (actor, { query, request }): Promise<Page> => {
    const { rows, next } = await listStepRequests(
      actor,
      { ...(query.direction && { direction: query.direction }), ...(query.state && { state: query.state }) },
      query.cursor === undefined ? null : placeOf(query.cursor),
      query.limit,
    );
    return { rows: rows.map((row) => row.request), next: next && addressOf(request, next) };
  },
  answer: ({ rows, next }: Page) => ({ next, previous: null, results: rows.map(toStepRequest) }),
});

export const POST = route({
  method: "POST",
  path,
  summary: "Ask the issuer of a shared session for missing steps",
  description:
    "By `share_token` before it is redeemed, or by the `session_id` of the clone afterwards. The issuer sees the request in its console and is sent `step_request.received`; its answer comes back as `step_request.answered`.",
  privilege: "write:sessions",
  body: z.object({
    share_token: z.string().trim().min(1).max(4096).optional(),
    session_id: z.uuid().optional(),
    steps: Steps.describe("By their names in a workflow."),
  }),
  bodyExample: { session_id: "11111111-2222-4333-8444-555555555555", steps: ["PROOF_OF_ADDRESS"] },
  responds: { status: 201, description: "The request, open.", schema: WireStepRequest },
  idempotent: true,
  errors: ["not_found", "conflict", "share_token_invalid", "share_token_wrong_application"],
  run: (actor, { body: { share_token, session_id, steps } }) => {
    if ((share_token === undefined) === (session_id === undefined))
      throw invalidField("share_token", "Name the session by one of share_token and session_id.");
    return requestSteps(
      actor,
      share_token !== undefined ? { shareToken: share_token, steps } : { sessionId: session_id ?? "", steps },
    );
  },
  answer: toStepRequest,
});

const Cursor = z.tuple([z.coerce.number().int().min(0).max(8.64e15), z.uuid()]);

function placeOf(cursor: string): RequestCursor {
  const { data } = Cursor.safeParse(Buffer.from(cursor, "base64url").toString("utf8").split("|"));
  if (!data) throw invalidField("cursor", "Follow `next` of the page before.");
  return { createdAt: new Date(data[0]), id: data[1] };
}

function addressOf(request: Request, { createdAt, id }: RequestCursor): string {
  const url = new URL(env().publicUrl + path);
  for (const [name, value] of new URL(request.url).searchParams) url.searchParams.append(name, value);
  url.searchParams.set("cursor", Buffer.from(`${createdAt.getTime()}|${id}`).toString("base64url"));
  return url.href;
}

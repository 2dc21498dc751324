import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { listPullRequests, type PullCursor } from "@/domain/pull-requests/list";
import { type PullRequestRow, requestSession } from "@/domain/pull-requests/request";
import { PULL_DIRECTIONS, PULL_REASONS, PULL_STATES, WantedBlocks } from "@/domain/pull-requests/rules";
import { toPullRequest, WirePullRequest } from "@/domain/pull-requests/wire";
import { KINDS } from "@/domain/sessions/rules";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/pull-requests/";

interface Page {
  rows: PullRequestRow[];
  next: string | null;
}

/** Ours: sessions that partners ask you for, and those that you ask them for. */
export const GET = route({
  method: "GET",
  path,
  summary: "List requests for sessions",
  description: "Newest first. Follow `next` until it is null.",
  privilege: "read:sessions",
  query: z.object({
    direction: z.enum(PULL_DIRECTIONS).optional(),
    state: z.enum(PULL_STATES).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WirePullRequest) }),
  },
  run: async (actor, { query, request }): Promise<Page> => {
    const { rows, next } = await listPullRequests(
      actor,
      { ...(query.direction && { direction: query.direction }), ...(query.state && { state: query.state }) },
      query.cursor === undefined ? null : placeOf(query.cursor),
      query.limit,
    );
    return { rows: rows.map((row) => row.request), next: next && addressOf(request, next) };
  },
  answer: ({ rows, next }: Page) => ({ next, previous: null, results: rows.map(toPullRequest) }),
});

export const POST = route({
  method: "POST",
  path,
  summary: "Ask a partner for a session by the partner's own reference",
  description:
    "The partner's members decide. The answer is the same whether or not the partner holds such a session; an approved request names the share token, which waits in your inbox.",
  privilege: "write:sessions",
  body: z.object({
    partner_application_id: z.uuid(),
    session_kind: z.enum(KINDS).default("user"),
    vendor_data: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .optional()
      .describe("The partner's reference of the person or company."),
    session_id: z.uuid().optional().describe("Or the partner's session itself."),
    blocks: WantedBlocks.describe("Wanted blocks by their names in `features`; empty or absent: everything."),
    reason: z.enum(PULL_REASONS),
  }),
  bodyExample: {
    partner_application_id: "11111111-2222-4333-8444-555555555555",
    session_kind: "user",
    vendor_data: "customer-4711",
    blocks: ["ID_VERIFICATION", "LIVENESS"],
    reason: "onboarding",
  },
  responds: { status: 201, description: "The request, open.", schema: WirePullRequest },
  idempotent: true,
  errors: ["not_found", "conflict", "partner_paused", "partner_ended"],
  run: (actor, { body }) => {
    const { vendor_data, session_id } = body;
    if ((vendor_data === undefined) === (session_id === undefined))
      throw invalidField("vendor_data", "Name the session by one of vendor_data and session_id.");
    return requestSession(actor, {
      partnerApplicationId: body.partner_application_id,
      sessionKind: body.session_kind,
      referenceKind: vendor_data === undefined ? "session_id" : "vendor_data",
      reference: vendor_data ?? session_id ?? "",
      blocks: body.blocks,
      reason: body.reason,
    });
  },
  answer: toPullRequest,
});

const Cursor = z.tuple([z.coerce.number().int().min(0).max(8.64e15), z.uuid()]);

function placeOf(cursor: string): PullCursor {
  const { data } = Cursor.safeParse(Buffer.from(cursor, "base64url").toString("utf8").split("|"));
  if (!data) throw invalidField("cursor", "Follow `next` of the page before.");
  return { createdAt: new Date(data[0]), id: data[1] };
}

function addressOf(request: Request, { createdAt, id }: PullCursor): string {
  const url = new URL(env().publicUrl + path);
  for (const [name, value] of new URL(request.url).searchParams) url.searchParams.append(name, value);
  url.searchParams.set("cursor", Buffer.from(`${createdAt.getTime()}|${id}`).toString("base64url"));
  return url.href;
}

import { z } from "zod";
import { applicationCards } from "@/domain/access/applications";
import { listCases, type QueueRow } from "@/domain/cases/list";
import {
  ASSIGNEE_WORDS,
  CASE_SORTS,
  type CaseFilter,
  type CaseSort,
  DIRECTIONS,
  PRIORITIES,
  parseCursor,
  spellCursor,
} from "@/domain/cases/rules";
import { toWireCase, WireCase } from "@/domain/cases/wire";
import { invalidField } from "@/domain/errors";
import { KINDS } from "@/domain/sessions/rules";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/review-queue/";

interface Page {
  rows: QueueRow[];
  partners: Awaited<ReturnType<typeof applicationCards>>;
  next: string | null;
}

/** Ours: the review queue. */
export const GET = route({
  method: "GET",
  path,
  summary: "List the review queue",
  description:
    "Sessions that are in review, the most urgent first unless asked otherwise. Follow `next` until it is null.",
  privilege: "read:sessions",
  query: z.object({
    assignee: z
      .union([z.enum(ASSIGNEE_WORDS), z.uuid()])
      .optional()
      .describe("A member's id, `nobody`, or `me` with a member's access token."),
    session_kind: z.enum(KINDS).optional(),
    origin: z.enum(["native", "imported"]).optional(),
    partner_application_id: z.uuid().optional(),
    workflow_id: z.uuid().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2,3}$/)
      .optional()
      .describe("As the session has it: alpha-3 of a document, alpha-2 of a company."),
    priority: z.enum(PRIORITIES).optional(),
    due: z.enum(["breached", "soon"]).optional().describe("Overdue, or due within four hours."),
    sort: z.enum(CASE_SORTS).default("urgency").describe("`urgency` is by priority, then by due time."),
    direction: z.enum(DIRECTIONS).default("asc"),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(100).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WireCase) }),
  },
  run: async (actor, { query, request }): Promise<Page> => {
    const filter: CaseFilter = {
      assignee: query.assignee,
      kind: query.session_kind,
      origin: query.origin,
      partnerApplicationId: query.partner_application_id,
      workflowId: query.workflow_id,
      country: query.country,
      priorities: query.priority && [query.priority],
      due: query.due,
    };
    const after = query.cursor === undefined ? null : placeOf(query.sort, query.cursor);
    const { rows, next } = await listCases(actor, filter, query, after, query.limit);
    const partners = await applicationCards(rows.flatMap(({ session }) => session.sharedFromApplication ?? []));
    return { rows, partners, next: next && addressOf(request, spellCursor(next)) };
  },
  answer: ({ rows, partners, next }: Page) => ({
    next,
    previous: null,
    results: rows.map((row) => toWireCase(row, partners, new Date())),
  }),
});

function placeOf(sort: CaseSort, cursor: string) {
  const place = parseCursor(sort, cursor);
  if (!place) throw invalidField("cursor", "Follow `next` of the page before.");
  return place;
}

function addressOf(request: Request, cursor: string): string {
  const url = new URL(env().publicUrl + path);
  for (const [name, value] of new URL(request.url).searchParams) url.searchParams.append(name, value);
  url.searchParams.set("cursor", cursor);
  return url.href;
}

import { z } from "zod";
import { listActivity } from "@/domain/sessions/activity";
import { Activity, toActivity } from "@/domain/sessions/activity-wire";
import { noteSession } from "@/domain/sessions/review";
import { parseStatus, type SessionStatus } from "@/domain/sessions/rules";
import { OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route, wireContext } from "@/lib/route";

/** Contract section 4.6. */
export const GET = route({
  method: "GET",
  path: "/v3/sessions/{sessionId}/reviews/",
  summary: "List what was done to a session",
  description: "Decisions, notes, corrections, the import and what time has done, newest first unless asked otherwise.",
  privilege: "read:sessions",
  tool: "list_session_reviews",
  params: z.object({ sessionId: z.uuid() }),
  query: z.object({ ...OFFSET_QUERY, ordering: z.enum(["created_at", "-created_at"]).default("-created_at") }),
  responds: { status: 200, description: "One page.", schema: PageOf(Activity) },
  run: async (actor, { params, query, request }) => {
    const page = offsetOf(query);
    const oldestFirst = query.ordering === "created_at";
    const { kind, count, rows } = await listActivity(actor, params.sessionId, { ...page, oldestFirst });
    const context = wireContext(actor);
    return pageOf(
      request,
      page,
      count,
      rows.map((row) => toActivity(row, kind, context)),
    );
  },
});

const Status = z.string().transform((spelled, context): SessionStatus => {
  const status = parseStatus(spelled);
  if (!status) context.addIssue(`"${spelled}" is not a valid choice.`);
  return status ?? z.NEVER;
});

export const POST = route({
  method: "POST",
  path: "/v3/sessions/{sessionId}/reviews/",
  summary: "Write a note on a session",
  description:
    "Give a comment, a status or both. A status is recorded with the note; the session's own does not change by it. " +
    "Notes stay in your application: they do not travel with a share.",
  privilege: "write:sessions",
  tool: "add_session_review",
  params: z.object({ sessionId: z.uuid() }),
  bodyExample: { new_status: "Approved", comment: "All checks passed." },
  body: z
    .object({ comment: z.string().trim().max(4_000).nullish(), new_status: Status.nullish() })
    .refine((body) => body.comment || body.new_status, { path: ["comment"], error: "This field is required." }),
  responds: { status: 201, description: "The row that was added.", schema: Activity },
  run: async (actor, { params, body }) => {
    await noteSession(actor, {
      sessionId: params.sessionId,
      comment: body.comment || undefined,
      newStatus: body.new_status ?? undefined,
    });
    const { kind, rows } = await listActivity(actor, params.sessionId, { limit: 1, offset: 0, oldestFirst: false });
    return toActivity(rows[0]!, kind, wireContext(actor));
  },
});

import { z } from "zod";
import { listSessionsByOffset, type SessionFilter } from "@/domain/sessions/list";
import { parseStatus, type SessionStatus } from "@/domain/sessions/rules";
import { toListRow } from "@/domain/sessions/wire";
import { env } from "@/env";
import { route, wireContext } from "@/lib/route";

const Statuses = z.string().transform((list, context) => {
  const statuses: SessionStatus[] = [];
  for (const spelled of list.split(",")) {
    const status = parseStatus(spelled);
    if (status) statuses.push(status);
    else context.addIssue(`"${spelled}" is not a valid choice.`);
  }
  return statuses;
});

/** Years that PostgreSQL knows as well, with room for an offset and for the day after. */
const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: "Enter a valid date." })
  .refine((text) => text >= "1000" && text < "9000", "Enter a valid date.");
const DAY_MS = 86_400_000;

/** Contract section 4.2. A date without a time means the whole of that day, in UTC. */
const Query = z.object({
  session_kind: z.enum(["user", "business", "all"]).default("user"),
  status: Statuses.optional(),
  vendor_data: z.string().max(255).optional(),
  workflow_id: z.uuid().optional(),
  country: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2,3}$/, "Use an ISO 3166-1 code.")
    .optional(),
  date_from: Moment.optional(),
  date_to: Moment.optional(),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
  page: z.coerce.number().int().min(1).optional(),
  page_size: z.coerce.number().int().min(1).max(200).optional(),
});

export const GET = route({
  method: "GET",
  path: "/v3/sessions/",
  summary: "List sessions, newest first",
  privilege: "read:sessions",
  query: Query,
  responds: {
    status: 200,
    description: "One page; `next` and `previous` are absolute.",
    schema: z.object({
      count: z.int(),
      next: z.string().nullable(),
      previous: z.string().nullable(),
      results: z.array(z.looseObject({})),
    }),
  },
  run: async (actor, { query, request }) => {
    const limit = query.limit ?? query.page_size ?? 50;
    const offset = query.offset ?? (query.page ? (query.page - 1) * limit : 0);
    const filter: SessionFilter = {
      statuses: query.status,
      vendorData: query.vendor_data,
      workflowId: query.workflow_id,
      country: query.country,
      createdFrom: query.date_from ? new Date(query.date_from) : undefined,
      createdBefore: query.date_to ? endOf(query.date_to) : undefined,
      search: query.search || undefined,
    };
    const kinds = query.session_kind === "all" ? (["user", "business"] as const) : ([query.session_kind] as const);
    const pages = await Promise.all(
      kinds.map((kind) => listSessionsByOffset(actor, { ...filter, kind }, { limit, offset })),
    );
    const context = wireContext(actor);
    const link = (to: number) => {
      const given = new URL(request.url);
      const url = new URL(env().publicUrl + given.pathname);
      for (const [name, value] of given.searchParams)
        if (!["page", "page_size"].includes(name)) url.searchParams.append(name, value);
      url.searchParams.set("limit", String(limit));
      url.searchParams.set("offset", String(to));
      return url.toString();
    };
    return {
      count: pages.reduce((sum, page) => sum + page.count, 0),
      next: offset + limit < pages[0]!.count ? link(offset + limit) : null,
      previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
      results: pages.flatMap((page) => page.rows.map((row) => toListRow(row, context))),
    };
  },
});

const endOf = (moment: string) => (moment.length === 10 ? new Date(Date.parse(moment) + DAY_MS) : new Date(moment));

import { z } from "zod";
import { listSessionsByOffset, type SessionFilter } from "@/domain/sessions/list";
import { KINDS, parseStatus, type SessionStatus } from "@/domain/sessions/rules";
import { toListRow } from "@/domain/sessions/wire";
import { MAX_OFFSET, OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
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
  status: Statuses.optional().describe("One or several, separated by commas, in either spelling."),
  vendor_data: z.string().max(255).optional().describe("Exactly."),
  workflow_id: z.uuid().optional(),
  country: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2,3}$/, "Use an ISO 3166-1 code.")
    .optional()
    .describe("KYC: alpha-3 of the document's issuer. KYB: alpha-2 of the registry."),
  date_from: Moment.optional(),
  date_to: Moment.optional(),
  search: z
    .string()
    .max(200)
    .optional()
    .describe("Name words, a document or registration number, an e-mail, a phone number, or the exact vendor_data."),
  ...OFFSET_QUERY,
  cursor: z.coerce.number().int().min(0).optional().describe("Set in `next`: makes deep pages as fast as the first."),
});

export const GET = route({
  method: "GET",
  path: "/v3/sessions/",
  summary: "List sessions, newest first",
  description:
    "`count` is exact for KYC and at most 100 for KYB: go on until `next` is null. With `session_kind=all` a page holds " +
    "up to `limit` KYC rows and then up to `limit` KYB rows, and `next` follows the KYC side. `next` carries a cursor; " +
    `an offset of one's own may be at most ${MAX_OFFSET}.`,
  privilege: "read:sessions",
  tool: "list_sessions",
  query: Query,
  responds: {
    status: 200,
    description: "One page; `next` and `previous` are absolute.",
    schema: PageOf(
      z.looseObject({
        session_id: z.uuid(),
        session_kind: z.enum(KINDS),
        session_number: z.int(),
        status: z.string(),
        vendor_data: z.string().nullable(),
        shared_from_session: z.uuid().nullable(),
        created_at: z.string(),
      }),
    ),
  },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
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
      kinds.map((kind, index) =>
        listSessionsByOffset(actor, { ...filter, kind }, { ...page, cursor: index === 0 ? query.cursor : undefined }),
      ),
    );
    const context = wireContext(actor);
    const [leading] = pages;
    return pageOf(
      request,
      page,
      pages.reduce((sum, one) => sum + one.count, 0),
      pages.flatMap((one) => one.rows.map((row) => toListRow(row, context))),
      leading!.hasMore,
      leading!.cursor,
    );
  },
});

const endOf = (moment: string) => (moment.length === 10 ? new Date(Date.parse(moment) + DAY_MS) : new Date(moment));

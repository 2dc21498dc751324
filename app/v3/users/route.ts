import { z } from "zod";
import { EntityFilter, listEntitiesByOffset } from "@/domain/entities/list";
import type { EntityView } from "@/domain/entities/read";
import { ENTITY_STATUSES } from "@/domain/entities/rules";
import { toUser, User } from "@/domain/entities/wire";
import type { WireContext } from "@/domain/sessions/wire";
import { OFFSET_QUERY, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

const Statuses = z.string().transform((list, context) => {
  const statuses = list.split(",").map((status) => status.trim().toUpperCase());
  const unknown = statuses.find((status) => !(ENTITY_STATUSES as readonly string[]).includes(status));
  if (unknown !== undefined) context.addIssue(`"${unknown}" is not a valid choice.`);
  return statuses as (typeof ENTITY_STATUSES)[number][];
});

/** Contract section 7. The count is exact up to 100; whether there is more is said by `next` (section 0.6). */
export const GET = route({
  method: "GET",
  path: "/v3/users/",
  summary: "List users, the last active first",
  description: "The count is capped at 100: follow `next` until it is null.",
  privilege: "read:users",
  tool: "list_users",
  query: z.object({
    ...OFFSET_QUERY,
    status: Statuses.optional(),
    search: z.string().max(200).optional(),
    country: z
      .string()
      .toUpperCase()
      .regex(/^[A-Z]{2,3}$/, "Use an ISO 3166-1 code.")
      .optional(),
  }),
  responds: { status: 200, description: "One page; `next` and `previous` are absolute.", schema: PageOf(User) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const filter = EntityFilter.parse({
      kind: "user",
      statuses: query.status,
      search: query.search || undefined,
      country: query.country,
    });
    const { count, hasMore, views } = await listEntitiesByOffset(actor, filter, page);
    return pageOf(request, page, count, views, hasMore);
  },
  answer: (page: { results: EntityView[] }, context: WireContext) => ({
    ...page,
    results: page.results.map((view) => toUser(view, context)),
  }),
});

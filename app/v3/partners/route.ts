import { listPartners, type PartnerView } from "@/domain/partners/partners";
import { PartnerRow, toPartner } from "@/domain/partners/wire";
import { OffsetQuery, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Ours: whom this application shares with, in either direction. */
export const GET = route({
  method: "GET",
  path: "/v3/partners/",
  summary: "List partners",
  privilege: "read:partners",
  query: OffsetQuery,
  responds: { status: 200, description: "By the name of their organisation.", schema: PageOf(PartnerRow) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const views = await listPartners(actor);
    return pageOf(request, page, views.length, views.slice(page.offset, page.offset + page.limit));
  },
  answer: (page: { results: PartnerView[] }) => ({ ...page, results: page.results.map(toPartner) }),
});

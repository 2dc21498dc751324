import { env } from "@/env";

/** Where paging by offset ends (contract section 0.6); a list of more is read by its `next`. */
export const MAX_OFFSET = 1_000_000;

const OWN = ["limit", "offset", "cursor", "page", "page_size"];

/** The absolute address of another page of the list that was asked for, with the filters it was asked with. */
export function pageLink(request: Request, page: Record<string, string>): string {
  const given = new URL(request.url);
  const url = new URL(env().publicUrl + given.pathname);
  for (const [name, value] of given.searchParams) if (!OWN.includes(name)) url.searchParams.append(name, value);
  for (const [name, value] of Object.entries(page)) url.searchParams.set(name, value);
  return url.toString();
}

/** A page of a list that is short enough to count and walk: `next` and `previous` from the exact count. */
export function pageLinks(request: Request, page: { limit: number; offset: number }, count: number) {
  const { limit, offset } = page;
  const link = (to: number) => pageLink(request, { limit: String(limit), offset: String(to) });
  return {
    count,
    next: offset + limit < count ? link(offset + limit) : null,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
  };
}

import { z } from "zod";
import { env } from "@/env";

/** Where paging by an offset of one's own ends; a list of more is read by its `next`. */
export const MAX_OFFSET = 100_000;

/** Paging of the public API by limit and offset (contract section 0.6); `page` and `page_size` are its older names. */
export const OFFSET_QUERY = {
  limit: z.coerce.number().int().min(1).max(200).optional(),
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).optional(),
  page: z.coerce.number().int().min(1).max(MAX_OFFSET).optional(),
  page_size: z.coerce.number().int().min(1).max(200).optional(),
};
export const OffsetQuery = z.object(OFFSET_QUERY);

export interface OffsetPage {
  limit: number;
  offset: number;
}

export function offsetOf(query: z.output<typeof OffsetQuery>, byDefault = 50): OffsetPage {
  const limit = query.limit ?? query.page_size ?? byDefault;
  return { limit, offset: query.offset ?? (query.page ? (query.page - 1) * limit : 0) };
}

export const PageOf = <S extends z.ZodType>(row: S) =>
  z.object({
    count: z.int(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(row),
  });

/** `next` and `previous` are absolute, and say everything that this request said. */
export function pageOf<T>(
  request: Request,
  { limit, offset }: OffsetPage,
  count: number,
  results: T[],
  hasMore = offset + results.length < count,
  /** Where the next page starts, for lists that can find it without counting up to it. */
  cursor: number | null = null,
) {
  const link = (to: number, from: number | null = null) => {
    const given = new URL(request.url);
    const url = new URL(env().publicUrl + given.pathname);
    for (const [name, value] of given.searchParams)
      if (!["page", "page_size", "limit", "offset", "cursor"].includes(name)) url.searchParams.append(name, value);
    url.searchParams.set("limit", String(limit));
    url.searchParams.set("offset", String(to));
    if (from !== null) url.searchParams.set("cursor", String(from));
    return url.toString();
  };
  return {
    count,
    next: hasMore ? link(offset + limit, cursor) : null,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
    results,
  };
}

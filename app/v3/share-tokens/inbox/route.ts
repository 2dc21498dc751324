import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { type InboxCursor, type InboxItem, listInbox } from "@/domain/share-inbox/inbox";
import { INBOX_STATES } from "@/domain/share-inbox/rules";
import { toInboxItem, WireInboxItem } from "@/domain/share-inbox/wire";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/share-tokens/inbox/";

interface Page {
  rows: InboxItem[];
  next: string | null;
}

/** Ours: tokens that partners hand over inside this installation. */
export const GET = route({
  method: "GET",
  path,
  summary: "List share tokens that partners put into your inbox",
  description: "Newest first, without the tokens themselves. Follow `next` until it is null.",
  privilege: "read:sessions",
  query: z.object({
    state: z.enum(INBOX_STATES).optional(),
    from_application_id: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WireInboxItem) }),
  },
  run: async (actor, { query, request }): Promise<Page> => {
    const { rows, next } = await listInbox(
      actor,
      {
        ...(query.state && { state: query.state }),
        ...(query.from_application_id && { partnerApplicationId: query.from_application_id }),
      },
      query.cursor === undefined ? null : placeOf(query.cursor),
      query.limit,
    );
    return { rows, next: next && addressOf(request, next) };
  },
  answer: ({ rows, next }: Page) => ({ next, previous: null, results: rows.map(toInboxItem) }),
});

const Cursor = z.tuple([z.coerce.number().int().min(0).max(8.64e15), z.uuid()]);

function placeOf(cursor: string): InboxCursor {
  const { data } = Cursor.safeParse(Buffer.from(cursor, "base64url").toString("utf8").split("|"));
  if (!data) throw invalidField("cursor", "Follow `next` of the page before.");
  return { arrivedAt: new Date(data[0]), shareTokenId: data[1] };
}

function addressOf(request: Request, { arrivedAt, shareTokenId }: InboxCursor): string {
  const url = new URL(env().publicUrl + path);
  for (const [name, value] of new URL(request.url).searchParams) url.searchParams.append(name, value);
  url.searchParams.set("cursor", Buffer.from(`${arrivedAt.getTime()}|${shareTokenId}`).toString("base64url"));
  return url.href;
}

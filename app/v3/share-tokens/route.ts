import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { type LedgerCursor, type LedgerEntry, listLedgerEntries } from "@/domain/share-tokens/ledger-list";
import { filterOf, LedgerQuery, toLedgerToken, WireLedgerToken } from "@/domain/share-tokens/ledger-wire";
import { env } from "@/env";
import { route } from "@/lib/route";

const path = "/v3/share-tokens/";

interface Page {
  entries: LedgerEntry[];
  next: string | null;
}

/** Ours: every token of either side, with what happened to it. */
export const GET = route({
  method: "GET",
  path,
  summary: "List share tokens with their history",
  description:
    "The ledger: tokens that you minted (`side` issuer), or that were presented to you (`side` receiver), newest first. Follow `next` until it is null. A token is never shown again, only what became of it.",
  privilege: "read:sessions",
  query: LedgerQuery.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  responds: {
    status: 200,
    description: "One page.",
    schema: z.object({ next: z.url().nullable(), previous: z.null(), results: z.array(WireLedgerToken) }),
  },
  run: async (actor, { query: { limit, cursor, ...query }, request }): Promise<Page> => {
    const after = cursor === undefined ? null : placeOf(cursor);
    const { entries, next } = await listLedgerEntries(actor, filterOf(query), after, limit);
    return { entries, next: next && addressOf(request, next) };
  },
  answer: ({ entries, next }: Page) => ({
    next,
    previous: null,
    results: entries.map(({ row, events }) => toLedgerToken(row, events)),
  }),
});

const Cursor = z.tuple([z.coerce.number().int().min(0).max(8.64e15), z.uuid()]);

function placeOf(cursor: string): LedgerCursor {
  const { data } = Cursor.safeParse(Buffer.from(cursor, "base64url").toString("utf8").split("|"));
  if (!data) throw invalidField("cursor", "Follow `next` of the page before.");
  return { at: new Date(data[0]), id: data[1] };
}

function addressOf(request: Request, { at, id }: LedgerCursor): string {
  const url = new URL(env().publicUrl + path);
  for (const [name, value] of new URL(request.url).searchParams) url.searchParams.append(name, value);
  url.searchParams.set("cursor", Buffer.from(`${at.getTime()}|${id}`).toString("base64url"));
  return url.href;
}

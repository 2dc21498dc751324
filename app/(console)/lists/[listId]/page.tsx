import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { readList } from "@/domain/lists/read";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { loadEntries, toListItem } from "../load";
import { loadEntriesSearch } from "../search-params";
import { EntriesScreen } from "./entries-screen";
import { ListFrame } from "./frame";

type Props = { params: Promise<{ listId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lists");
  return { title: t("one") };
}

export default async function ListPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:lists")) return <NoAccess privilege="read:lists" />;
  const [{ listId }, search] = await Promise.all([params, loadEntriesSearch(searchParams)]);
  const [view, answer] = await orNotFound(listId, (id) =>
    Promise.all([
      readList(actor, id),
      // Only the browser knows the words of a search, and asks with them.
      search.search === null ? loadEntries(actor, id, search, null) : null,
    ]),
  );
  const list = toListItem(view);
  return (
    <ListFrame actor={actor} list={list} tab="entries">
      <EntriesScreen
        key={list.id}
        list={list}
        applicationId={actor.applicationId}
        mayWrite={actor.privileges.has("write:lists")}
        initial={{ search, answer, at: Date.now() }}
      />
    </ListFrame>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { readList } from "@/domain/lists/read";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { loadHits, toListItem } from "../../load";
import { loadHitsSearch } from "../../search-params";
import { ListFrame } from "../frame";
import { HitsScreen } from "./hits-screen";

type Props = { params: Promise<{ listId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("lists");
  return { title: t("tab.hits") };
}

export default async function HitsPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:lists")) return <NoAccess privilege="read:lists" />;
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [{ listId }, search] = await Promise.all([params, loadHitsSearch(searchParams)]);
  const [view, answer] = await orNotFound(listId, (id) =>
    Promise.all([readList(actor, id), loadHits(actor, id, search)]),
  );
  const list = toListItem(view);
  return (
    <ListFrame actor={actor} list={list} tab="hits">
      <HitsScreen
        key={list.id}
        list={list}
        applicationId={actor.applicationId}
        initial={{ search, answer, at: Date.now() }}
      />
    </ListFrame>
  );
}

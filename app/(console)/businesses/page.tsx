import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { EntitiesPage } from "../entities/entities-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("entities.business");
  return { title: t("title") };
}

export default function BusinessesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <EntitiesPage kind="business" searchParams={searchParams} />;
}

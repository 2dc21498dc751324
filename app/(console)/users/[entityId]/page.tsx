import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntityPage } from "../../entities/entity-page";

/** Without the name: a title ends up in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("entities.user");
  return { title: t("one") };
}

export default function UserPage({ params }: { params: Promise<{ entityId: string }> }) {
  return <EntityPage kind="user" params={params} />;
}

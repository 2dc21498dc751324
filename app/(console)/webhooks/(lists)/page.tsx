import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { requireActor } from "@/lib/auth";
import { loadDestinations } from "../load";
import { DestinationsScreen } from "./destinations-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks");
  return { title: t("title") };
}

export default async function WebhooksPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const answer = await loadDestinations(actor);
  return <DestinationsScreen initial={{ answer, at: Date.now() }} />;
}

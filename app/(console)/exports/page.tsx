import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { ExportsTable } from "./exports-table";
import { loadExports } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("exports");
  return { title: t("title") };
}

export default async function ExportsPage() {
  const actor = await requireActor();
  const [t, answer] = await Promise.all([getTranslations("exports"), loadExports(actor)]);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["exports"]}>
        <ExportsTable
          applicationId={actor.applicationId}
          rendered={{ answer, at: Date.now() }}
          empty={<EmptyState icon={<Download />} title={t("empty.title")} description={t("empty.description")} />}
        />
      </ClientMessages>
    </Page>
  );
}

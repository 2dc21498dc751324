import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { DevelopersTabs } from "./tabs";

export default async function DevelopersLayout({ children }: { children: ReactNode }) {
  const [t] = await Promise.all([getTranslations("developers"), requireActor()]);
  return (
    <ClientMessages only={["developers"]}>
      <Page>
        <PageHeader title={t("title")} description={t("description")} className="mb-3" />
        <DevelopersTabs />
        <div className="pt-5">{children}</div>
      </Page>
    </ClientMessages>
  );
}

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { SettingsTabs } from "./settings-tabs";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("settings");
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} className="mb-3" />
      <ClientMessages only={["settings"]}>
        <SettingsTabs />
        <div className="pt-5">{children}</div>
      </ClientMessages>
    </Page>
  );
}

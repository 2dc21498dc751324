import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Page, PageHeader } from "@/components/ui/page-header";
import { hasMailbox } from "@/domain/mail/mailbox";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { SettingsTabs } from "./settings-tabs";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const [t, actor] = await Promise.all([getTranslations("settings"), requireActor()]);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} className="mb-3" />
      <ClientMessages only={["settings", "accounts", "shell", "vendor"]}>
        <SettingsTabs
          without={[
            ...(actor.privileges.has("read:billing") ? [] : (["usage"] as const)),
            ...(actor.privileges.has("read:webhooks") ? [] : (["vendor"] as const)),
            ...(actor.privileges.has("write:members") && hasMailbox(actor) ? [] : (["mailbox"] as const)),
          ]}
        />
        <div className="pt-5">{children}</div>
      </ClientMessages>
    </Page>
  );
}

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NoAccess } from "@/components/access/no-access";
import { Page, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth";
import { WebhooksScope } from "../scope";
import { WebhooksTabs } from "./tabs";

/** Around the four lists. */
export default async function WebhooksLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const t = await getTranslations("webhooks");
  return (
    <WebhooksScope actor={actor}>
      <Page>
        <PageHeader title={t("title")} description={t("description")} className="mb-3" />
        <WebhooksTabs />
        <div className="pt-5">{children}</div>
      </Page>
    </WebhooksScope>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page-header";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { AcceptLink } from "./accept-link";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("partners.accept");
  return { title: t("title"), referrer: "no-referrer" };
}

export default async function AcceptLinkPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("write:partners")) return <NoAccess privilege="write:partners" />;
  const t = await getTranslations("partners");
  return (
    <Page width="narrow">
      <PageHeader
        title={t("accept.title")}
        description={t("accept.description")}
        breadcrumbs={<Breadcrumbs items={[{ label: t("title"), href: "/partners" }, { label: t("accept.title") }]} />}
      />
      <ClientMessages only={["partners"]}>
        <AcceptLink />
      </ClientMessages>
    </Page>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { NoAccess } from "@/components/access/no-access";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listWorkflows } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf } from "@/lib/keyset";
import { RedeemScreen } from "./redeem-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("redeem");
  // The token stays in the page: no address, referrer or title ever holds it.
  return { title: t("title"), referrer: "no-referrer" };
}

/** `?inbox=` names a token that waits in the inbox, by its id. */
export default async function RedeemPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const inbox = z.uuid().safeParse(firstOf(params, ["inbox"]).inbox).data;
  if (!actor.privileges.has("write:sessions")) return <NoAccess privilege="write:sessions" />;
  const [t, workflows] = await Promise.all([getTranslations("redeem"), listWorkflows(actor)]);
  return (
    <Page width="narrow">
      <PageHeader
        title={t("title")}
        description={t("description")}
        breadcrumbs={<Breadcrumbs items={[{ label: t("imports"), href: "/imports" }, { label: t("title") }]} />}
      />
      <ClientMessages only={["policy", "redeem"]}>
        <RedeemScreen
          key={inbox}
          inbox={inbox ?? null}
          workflows={workflows.map(({ id, label, kind, isDefault }) => ({ id, label, kind, isDefault }))}
        />
      </ClientMessages>
    </Page>
  );
}

import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { listPartners } from "@/domain/partners/partners";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { ImportTabs } from "../import-tabs";
import { InboxFilters } from "./inbox-filters";
import { InboxTable } from "./inbox-table";
import { loadInbox } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("inbox.title") };
}

export default async function InboxPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, ["state", "partner", "after"]);
  const [t, answer, partners] = await Promise.all([
    getTranslations("imports"),
    loadInbox(actor, params),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const mayImport = actor.privileges.has("write:sessions");
  const isEmpty = answer.rows.length === 0 && !params.state && !params.partner && !params.after;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("inbox.description")}
        actions={
          mayImport && (
            <Button asChild>
              <Link href="/imports/new">{t("redeem")}</Link>
            </Button>
          )
        }
      />
      <ImportTabs actor={actor} current="inbox" />
      <ClientMessages only={["imports", "sharing"]}>
        {!isEmpty && (
          <InboxFilters
            partners={partners.map(({ applicationId, application }) => ({
              value: applicationId,
              label: application ? `${application.organisationName} · ${application.name}` : applicationId,
            }))}
          />
        )}
        <InboxTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          mayImport={mayImport}
          empty={
            <EmptyState
              icon={<Inbox />}
              title={t(isEmpty ? "inbox.empty.title" : "empty.none")}
              description={t(isEmpty ? "inbox.empty.description" : "inbox.empty.noneText")}
            />
          }
        />
      </ClientMessages>
    </Page>
  );
}

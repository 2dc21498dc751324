import { Download } from "lucide-react";
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
import { ExportMenu } from "../exports/export-menu";
import { ImportFilters } from "./import-filters";
import { ImportTabs } from "./import-tabs";
import { ImportsTable } from "./imports-table";
import { IMPORT_PARAMS, loadImports } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("imports");
  return { title: t("title") };
}

export default async function ImportsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = firstOf(await searchParams, [...IMPORT_PARAMS, "after"]);
  const [t, answer, partners] = await Promise.all([
    getTranslations("imports"),
    loadImports(actor, params),
    actor.privileges.has("read:partners") ? listPartners(actor) : [],
  ]);
  const redeem = actor.privileges.has("write:sessions") && (
    <Button asChild variant="primary">
      <Link href="/imports/new">{t("redeem")}</Link>
    </Button>
  );
  const isEmpty = answer.rows.length === 0 && Object.values(params).every((one) => !one);
  return (
    <Page>
      <ClientMessages only={["exports", "imports"]}>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={
            <>
              {!isEmpty && (
                <ExportMenu applicationId={actor.applicationId} list="imports" query={listHref("", params)} />
              )}
              {redeem}
            </>
          }
        />
        <ImportTabs actor={actor} current="imports" />
        {!isEmpty && (
          <ImportFilters
            partners={partners
              .filter((one) => one.imported > 0 || one.applicationId === params.partner)
              .map(({ applicationId, application }) => ({
                value: applicationId,
                label: application ? `${application.organisationName} · ${application.name}` : applicationId,
              }))}
          />
        )}
        <ImportsTable
          applicationId={actor.applicationId}
          query={listHref("", params)}
          rendered={{ answer, at: Date.now() }}
          empty={
            isEmpty ? (
              <EmptyState
                icon={<Download />}
                title={t("empty.title")}
                description={t("empty.description")}
                actions={redeem}
              />
            ) : (
              <EmptyState title={t("empty.none")} description={t("empty.noneText")} />
            )
          }
        />
      </ClientMessages>
    </Page>
  );
}

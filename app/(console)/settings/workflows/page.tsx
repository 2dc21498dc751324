import { Plus, Workflow } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer, parseAsBoolean, parseAsInteger, type SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Turns } from "@/components/ui/pagination";
import { listWorkflowViews } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { ShowArchived } from "./show-archived";
import { WorkflowsTable } from "./workflows-table";

const PAGE = 50;
const searchParams = { archived: parseAsBoolean, page: parseAsInteger };
const load = createLoader(searchParams);
const address = createSerializer(searchParams);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.workflows") };
}

export default async function WorkflowsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:workflows")) return <NoAccess privilege="read:workflows" />;
  const search = await load(searchParams);
  const archived = search.archived ?? false;
  const page = Math.min(Math.max(1, search.page ?? 1), 1_000);
  const [t, features, { count, views }] = await Promise.all([
    getTranslations("workflows"),
    getTranslations("sharing.features"),
    listWorkflowViews(actor, { archived, limit: PAGE, offset: (page - 1) * PAGE }),
  ]);
  const mayWrite = actor.privileges.has("write:workflows");
  const create = (
    <Button asChild variant="primary">
      <Link href="/settings/workflows/new">
        <Plus aria-hidden />
        {t("create")}
      </Link>
    </Button>
  );
  const turn = (to: number) =>
    address("/settings/workflows", { archived: search.archived, page: to === 1 ? null : to });
  return (
    <ClientMessages only={["workflows"]}>
      <Section
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ShowArchived archived={archived} />
            {mayWrite && create}
          </>
        }
      >
        <WorkflowsTable
          rows={views.map(({ workflow, version, hasDraft }) => ({
            id: workflow.id,
            label: version.label,
            kind: workflow.kind,
            isDefault: workflow.isDefault,
            isDraft: workflow.status === "draft",
            hasDraft,
            features: version.steps.map((step) =>
              features.has(step.feature as "OCR") ? features(step.feature as "OCR") : step.feature,
            ),
            version: version.version,
            sessionExpirationInSeconds: version.settings.sessionExpirationInSeconds,
          }))}
          empty={
            <EmptyState
              icon={<Workflow />}
              title={archived ? t("empty.archived") : t("empty.title")}
              description={archived ? undefined : t("empty.description")}
              actions={!archived && mayWrite && create}
            />
          }
        />
        <Turns newer={page > 1 ? turn(page - 1) : null} older={page * PAGE < count ? turn(page + 1) : null} />
      </Section>
    </ClientMessages>
  );
}

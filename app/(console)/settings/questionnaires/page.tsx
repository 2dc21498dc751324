import { ListChecks, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { createLoader, createSerializer, parseAsInteger, type SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Turns } from "@/components/ui/pagination";
import { listQuestionnaires, readAsking } from "@/domain/questionnaires/manage";
import { type Asking, isQuestion } from "@/domain/questionnaires/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { languageName } from "@/lib/format";
import { QuestionnairesTable } from "./questionnaires-table";

const PAGE = 50;
const searchParams = { page: parseAsInteger };
const load = createLoader(searchParams);
const address = createSerializer(searchParams);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.questionnaires") };
}

export default async function QuestionnairesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:questionnaires")) return <NoAccess privilege="read:questionnaires" />;
  const page = Math.min(Math.max(1, (await load(searchParams)).page ?? 1), 1_000);
  const [t, locale, { count, rows }] = await Promise.all([
    getTranslations("questionnaires"),
    getLocale(),
    listQuestionnaires(actor, { limit: PAGE, offset: (page - 1) * PAGE }),
  ]);
  const asking = actor.privileges.has("read:workflows")
    ? await readAsking(
        actor,
        rows.map((row) => row.id),
      )
    : new Map<string, Asking[]>();
  const create = actor.privileges.has("write:questionnaires") && (
    <Button asChild variant="primary">
      <Link href="/settings/questionnaires/new">
        <Plus aria-hidden />
        {t("create")}
      </Link>
    </Button>
  );
  const turn = (to: number) => address("/settings/questionnaires", { page: to === 1 ? null : to });
  return (
    <ClientMessages only={["questionnaires"]}>
      <Section title={t("title")} description={t("description")} actions={create}>
        <QuestionnairesTable
          rows={rows.map((row) => ({
            id: row.id,
            title: row.title,
            isDraft: row.status === "draft",
            questionCount: row.elements.filter(isQuestion).length,
            languages: row.languages.map((one) => languageName(one, locale)),
            asking: asking.get(row.id) ?? [],
            version: row.version,
            updatedAt: row.updatedAt,
          }))}
          empty={
            <EmptyState
              icon={<ListChecks />}
              title={t("empty.title")}
              description={t("empty.description")}
              actions={create}
            />
          }
        />
        <Turns newer={page > 1 ? turn(page - 1) : null} older={page * PAGE < count ? turn(page + 1) : null} />
      </Section>
    </ClientMessages>
  );
}

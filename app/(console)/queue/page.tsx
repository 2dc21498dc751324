import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { Page } from "@/components/ui/page-header";
import { applicationCards } from "@/domain/access/applications";
import { listAssignees } from "@/domain/cases/assignees";
import { listViews } from "@/domain/cases/views";
import { readDecisionReasons } from "@/domain/decision-reasons/reasons";
import { sessionFacets } from "@/domain/sessions/list";
import { listWorkflows } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { countryName } from "@/lib/format";
import { loadQueue } from "./load";
import { parsePreferences, QUEUE_COOKIE } from "./preferences";
import { QueueScreen } from "./queue-screen";
import { loadSearchParams } from "./search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("queue");
  return { title: t("title") };
}

export default async function QueuePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [search, t, locale, jar] = await Promise.all([
    loadSearchParams(searchParams),
    getTranslations("queue"),
    getLocale(),
    cookies(),
  ]);
  const [answer, facets, workflows, assignees, views, reasons] = await Promise.all([
    loadQueue(actor, search),
    sessionFacets(actor),
    listWorkflows(actor),
    listAssignees(actor),
    listViews(actor),
    readDecisionReasons(actor),
  ]);
  const partners = await applicationCards(facets.partnerApplicationIds);
  return (
    <Page>
      <ClientMessages only={["queue", "record"]}>
        <QueueScreen
          // Another application is another queue: nothing selected or cached carries over.
          key={actor.applicationId}
          applicationId={actor.applicationId}
          memberId={actor.id}
          mayDecide={actor.privileges.has("write:sessions")}
          mayDeleteShared={actor.privileges.has("write:organization")}
          initial={{ search, answer, at: Date.now() }}
          preferences={parsePreferences(jar.get(QUEUE_COOKIE)?.value)}
          views={views}
          reasons={reasons.offered}
          options={{
            assignees: assignees
              .filter((one) => one.id !== actor.id)
              .map(({ id, name, label }) => ({ value: id, label: name, description: label, keywords: [label] })),
            partners: [...partners.values()]
              .map(({ id, name, organisationName }) => ({ value: id, label: `${organisationName} · ${name}` }))
              .sort((a, b) => a.label.localeCompare(b.label, locale)),
            workflows: workflows.map(({ id, label, kind }) => ({ value: id, label, group: t(`filter.group.${kind}`) })),
            countries: facets.countries
              .map((code) => ({ value: code, label: countryName(code, locale), keywords: [code] }))
              .sort((a, b) => a.label.localeCompare(b.label, locale)),
          }}
        />
      </ClientMessages>
    </Page>
  );
}

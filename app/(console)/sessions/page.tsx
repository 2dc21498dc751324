import type { Metadata } from "next";
import { getLocale, getMessages, getTimeZone, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { Page, PageHeader } from "@/components/ui/page-header";
import { applicationCards } from "@/domain/access/applications";
import { sessionFacets } from "@/domain/sessions/list";
import { listWorkflows } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { countryName } from "@/lib/format";
import { loadSessions } from "./load";
import { loadSearchParams } from "./search-params";
import { SessionsScreen } from "./sessions-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sessions");
  return { title: t("title") };
}

export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [search, t, locale, timeZone, { sharing }] = await Promise.all([
    loadSearchParams(searchParams),
    getTranslations("sessions"),
    getLocale(),
    getTimeZone(),
    getMessages(),
  ]);
  const [answer, facets, workflows] = await Promise.all([
    // Only the browser knows the words of a search, and asks with them.
    search.search === null ? loadSessions(actor, search, null, timeZone) : null,
    sessionFacets(actor),
    listWorkflows(actor),
  ]);
  const partners = await applicationCards(facets.partnerApplicationIds);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ClientMessages only={["sessions", "mint", "exports"]}>
        <SessionsScreen
          // Another application is another list: nothing selected or cached carries over.
          key={actor.applicationId}
          applicationId={actor.applicationId}
          mayShare={actor.privileges.has("write:sessions")}
          initial={{ search, answer, at: Date.now() }}
          featureNames={sharing.features}
          options={{
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

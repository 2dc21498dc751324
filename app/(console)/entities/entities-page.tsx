import { getLocale, getMessages, getTimeZone, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { Page, PageHeader } from "@/components/ui/page-header";
import { entityCountries } from "@/domain/entities/list";
import { readPrivilege, writePrivilege } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { countryName } from "@/lib/format";
import { CreateEntity } from "./create-entity";
import { EntitiesScreen } from "./entities-screen";
import { loadEntities } from "./load";
import { loadSearchParams } from "./search-params";

/** `/users` and `/businesses`: one screen, since they differ in what is known of each and in nothing that is done. */
export async function EntitiesPage({ kind, searchParams }: { kind: SessionKind; searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const privilege = readPrivilege(kind);
  if (!actor.privileges.has(privilege)) return <NoAccess privilege={privilege} />;
  const [search, t, locale, timeZone, { sharing }] = await Promise.all([
    loadSearchParams(searchParams),
    getTranslations("entities"),
    getLocale(),
    getTimeZone(),
    getMessages(),
  ]);
  const [answer, countries] = await Promise.all([
    // Only the browser knows the words of a search, and asks with them.
    search.search === null ? loadEntities(actor, kind, search, null, timeZone) : null,
    entityCountries(actor, kind),
  ]);
  const mayWrite = actor.privileges.has(writePrivilege(kind));
  return (
    <Page>
      <ClientMessages only={["entities", "exports"]}>
        <PageHeader
          title={t(`${kind}.title`)}
          description={t(`${kind}.description`)}
          actions={mayWrite && <CreateEntity kind={kind} applicationId={actor.applicationId} />}
        />
        <EntitiesScreen
          // Another application is another list: nothing searched or cached carries over.
          key={actor.applicationId}
          kind={kind}
          applicationId={actor.applicationId}
          mayWrite={mayWrite}
          initial={{ search, answer, at: Date.now() }}
          featureNames={sharing.features}
          countries={countries
            .map((code) => ({ value: code, label: countryName(code, locale), keywords: [code] }))
            .sort((a, b) => a.label.localeCompare(b.label, locale))}
        />
      </ClientMessages>
    </Page>
  );
}

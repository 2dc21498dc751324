import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { applicationCards } from "@/domain/access/applications";
import { countSessions, sessionFacets } from "@/domain/sessions/list";
import { KINDS, SESSION_STATUSES } from "@/domain/sessions/rules";
import { listWorkflows } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { type FilterField, SessionFilters } from "./filters";
import { filterOf, readSessionPage, SessionParams } from "./read-page";
import { SessionsTable } from "./sessions-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sessions");
  return { title: t("title") };
}

export default async function SessionsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const params = SessionParams.parse(await searchParams);
  const [t, tStatus, locale, page, { count, exact }, facets, workflows] = await Promise.all([
    getTranslations("sessions"),
    getTranslations("statuses"),
    getLocale(),
    readSessionPage(actor, params),
    countSessions(actor, filterOf(params)),
    sessionFacets(actor),
    listWorkflows(actor),
  ]);
  const partners = await applicationCards(facets.partnerApplicationIds);
  const address = (changes: Partial<SessionParams>) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...params, before: undefined, after: undefined, ...changes })) {
      if (value !== undefined) query.set(name, String(value));
    }
    return query;
  };
  const statusLabel = (status: string) => {
    const words = status.split(" ").map((word) => word.toLowerCase());
    const key = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
    return tStatus(`session.${key}` as "session.approved");
  };
  const fields: FilterField[] = [
    {
      name: "kind",
      value: params.kind ?? "",
      options: KINDS.map((value) => ({ value, label: tStatus(`kind.${value}`) })),
    },
    {
      name: "status",
      value: params.status ?? "",
      options: SESSION_STATUSES.map((value) => ({ value, label: statusLabel(value) })),
    },
    {
      name: "origin",
      value: params.origin ?? "",
      options: [
        { value: "native", label: t("native") },
        { value: "imported", label: t("imported") },
      ],
    },
    {
      name: "partner",
      value: params.partner ?? "",
      options: [...partners.values()].map((one) => ({ value: one.id, label: `${one.organisationName} · ${one.name}` })),
    },
    {
      name: "workflow",
      value: params.workflow ?? "",
      options: workflows.map((one) => ({ value: one.id, label: one.label })),
    },
    {
      name: "country",
      value: params.country ?? "",
      options: facets.countries.map((code) => ({ value: code, label: code })),
    },
  ];
  const { before: _before, after: _after, ...filters } = params;
  const active = Object.values(filters).some((value) => value !== undefined);
  const shown = new Intl.NumberFormat(locale).format(count);
  const query = address({ before: params.before, after: params.after }).toString();
  return (
    <Page>
      <PageHeader title={t("title")} description={t("count", { count, shown: exact ? shown : `${shown}+` })} />
      <ClientMessages only={["sessions", "mint"]}>
        <SessionFilters
          key={query}
          search={params.q ?? ""}
          from={params.from ?? ""}
          to={params.to ?? ""}
          fields={fields}
          active={active}
        />
        <SessionsTable
          key={query}
          query={query}
          initial={page}
          mayShare={actor.privileges.has("write:sessions")}
          empty={
            <EmptyState
              title={t(active ? "empty.noMatch" : "empty.title")}
              description={t(active ? "empty.noMatchText" : "empty.description")}
            />
          }
        />
        {(page.newer !== null || page.older !== null) && (
          <div className="mt-3">
            <Pagination
              newer={page.newer === null ? null : { href: `/sessions?${address({ after: page.newer })}` }}
              older={page.older === null ? null : { href: `/sessions?${address({ before: page.older })}` }}
            />
          </div>
        )}
      </ClientMessages>
    </Page>
  );
}

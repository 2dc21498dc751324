import { FileText, ScrollText } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { NoAccess } from "@/components/access/no-access";
import { MediaViewer } from "@/components/record/media-viewer";
import { KindBadge } from "@/components/sessions/kind-badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { Page, PageHeader } from "@/components/ui/page-header";
import type { Actor } from "@/domain/actor";
import { listAuditEntries } from "@/domain/audit/list";
import { type EntityView, effectiveName, readEntityPage } from "@/domain/entities/read";
import { readPrivilege, writePrivilege } from "@/domain/entities/rules";
import { blobIdOf } from "@/domain/sessions/media-references";
import type { SessionKind } from "@/domain/sessions/rules";
import { mediaPath } from "@/domain/vault/media-url";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { EntityActions } from "./entity-actions";
import { EntityChecks, EntityHistory, EntityProfile } from "./entity-panels";
import { EntitySessions } from "./entity-sessions";
import { EntityStatusBadge } from "./entity-status-badge";
import { entitiesHref } from "./href";
import { toSessions } from "./load";
import { valuesOf } from "./values";

/** The trail is long; what is older than this is on its own screen. */
const ENTRIES_SHOWN = 50;

const load = cache(async (actor: Actor, kind: SessionKind, entityId: string) =>
  orNotFound(entityId, (id) =>
    Promise.all([
      readEntityPage(actor, kind, id),
      actor.privileges.has("read:audit")
        ? listAuditEntries(actor, { subjectKind: kind, subjectId: id }, null, ENTRIES_SHOWN)
        : null,
    ]),
  ),
);

/** `/users/{id}` and `/businesses/{id}`. */
export async function EntityPage({ kind, params }: { kind: SessionKind; params: Promise<{ entityId: string }> }) {
  const [{ entityId }, actor] = await Promise.all([params, requireActor()]);
  const privilege = readPrivilege(kind);
  if (!actor.privileges.has(privilege)) return <NoAccess privilege={privilege} />;
  const [[page, trail], t] = await Promise.all([load(actor, kind, entityId), getTranslations("entities")]);
  const { view } = page;
  const { entity } = view;
  const name = effectiveName(view);
  const portrait = portraitOf(actor, view);
  return (
    <ClientMessages only={["entities", "record"]}>
      <MediaViewer images={portrait ? [{ src: portrait, label: t("portrait") }] : []}>
        <Page>
          <PageHeader
            breadcrumbs={
              <Breadcrumbs
                items={[{ label: t(`${kind}.title`), href: entitiesHref(kind) }, { label: <bdi>{name}</bdi> }]}
              />
            }
            title={<bdi>{name}</bdi>}
            meta={
              <>
                <EntityStatusBadge status={entity.status} />
                <KindBadge kind={kind} />
                <CopyText text={entity.vendorData} label={t("column.vendorData")} />
              </>
            }
            actions={
              <>
                {actor.privileges.has("read:audit") && (
                  <Button asChild variant="ghost">
                    <Link href={`/audit?subject=${entity.id}`}>
                      <ScrollText aria-hidden />
                      {t("trail")}
                    </Link>
                  </Button>
                )}
                {view.approvedCount + view.declinedCount + view.inReviewCount > 0 && (
                  <Button asChild variant="ghost">
                    <a href={`/api/console/reports/${kind}/${entity.id}`} download>
                      <FileText aria-hidden />
                      {t("pdf")}
                    </a>
                  </Button>
                )}
                {actor.privileges.has(writePrivilege(kind)) && (
                  <EntityActions
                    entity={{
                      kind,
                      applicationId: actor.applicationId,
                      id: entity.id,
                      vendorData: entity.vendorData,
                      name,
                      status: entity.status,
                      sessions: view.sessionCount,
                      values: valuesOf(entity.vendorData, entity.countryCode, view.profile),
                      found: {
                        fullName: view.fullName,
                        legalName: view.fullName,
                        registrationNumber: view.registrationNumber,
                        approvedEmails: view.emails.join("\n"),
                        approvedPhones: view.phones.join("\n"),
                      },
                    }}
                  />
                )}
              </>
            }
          />
          <div className="grid items-start gap-x-5 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="flex min-w-0 flex-col gap-6">
              <Section
                title={t("sessions.title")}
                description={t("sessionsOf", {
                  total: view.sessionCount,
                  approved: view.approvedCount,
                  declined: view.declinedCount,
                  inReview: view.inReviewCount,
                })}
              >
                <EntitySessions
                  key={entity.id}
                  kind={kind}
                  entityId={entity.id}
                  applicationId={actor.applicationId}
                  rendered={{ answer: toSessions(page), at: Date.now() }}
                />
              </Section>
              <EntityHistory view={view} changes={page.changes} entries={trail?.rows.map(({ entry }) => entry) ?? []} />
            </div>
            <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
              <EntityProfile view={view} portrait={portrait} />
              <EntityChecks features={view.features} />
            </div>
          </div>
        </Page>
      </MediaViewer>
    </ClientMessages>
  );
}

function portraitOf(actor: Actor, { portrait }: EntityView): string | null {
  const blobId = portrait && blobIdOf(portrait.reference);
  return blobId
    ? mediaPath({ applicationId: actor.applicationId, sessionId: portrait.sessionId, blobId }, new Date())
    : null;
}

import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { Page, PageHeader } from "@/components/ui/page-header";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { Actor } from "@/domain/actor";
import { readAgreements } from "@/domain/agreements/read";
import { readAutomations } from "@/domain/automations/settings";
import { type PartnerPage as Partner, readPartner } from "@/domain/partners/partners";
import { readPolicyVersions } from "@/domain/partners/policies";
import { readTrust } from "@/domain/partners/trust";
import { listWorkflows } from "@/domain/workflows/read";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor, requireSession } from "@/lib/auth";
import { countryName } from "@/lib/format";
import { orNotFound } from "@/lib/or-not-found";
import { AgreementsCard } from "./agreements-card";
import { AutomationCard } from "./automation-card";
import { HistoryCard } from "./history-card";
import { PolicyCard } from "./policy-card";
import { RelationsCard } from "./relations-card";
import { StopCard } from "./stop-card";
import { TrustCard } from "./trust-card";

type Props = { params: Promise<{ applicationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("partners");
  return { title: t("page.title") };
}

export default async function PartnerPage({ params }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:partners")) return <NoAccess privilege="read:partners" />;
  const [t, { applicationId }] = await Promise.all([getTranslations("partners"), params]);
  const partner = await orNotFound(applicationId, (id) => readPartner(actor, { applicationId: id }));
  const mayWrite = actor.privileges.has("write:partners");
  const named = { id: applicationId, organisation: partner.application?.organisationName ?? null };
  const name = named.organisation ?? t("unknown");
  return (
    <Page>
      <ClientMessages only={["partners", "policy", "agreements", "automation", "sharing"]}>
        <PageHeader
          title={name}
          meta={
            <>
              <span>{partner.application?.name}</span>
              {partner.application && <EnvironmentBadge environment={partner.application.environment} />}
            </>
          }
          breadcrumbs={<Breadcrumbs items={[{ label: t("title"), href: "/partners" }, { label: name }]} />}
        />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-5">
            {partner.isMet && <Settings actor={actor} partner={named} mayWrite={mayWrite} />}
            {partner.relations.length > 0 && (
              <Agreements actor={actor} partner={{ id: applicationId, name }} mayWrite={mayWrite} />
            )}
            {partner.isMet && partner.relations.length > 0 && (
              <Automation
                actor={actor}
                partner={{ id: applicationId, name }}
                sides={partner.relations.map(({ as }) => as)}
                mayWrite={mayWrite && actor.privileges.has("write:sessions")}
              />
            )}
            <HistoryCard actor={actor} partnerApplicationId={applicationId} />
          </div>
          <div className="flex min-w-0 flex-col gap-5 max-lg:order-first">
            <RelationsCard partner={named} relations={partner.relations} mayWrite={mayWrite} />
            <About partner={partner} />
            {partner.isMet && partner.application && mayWrite && actor.privileges.has("write:sessions") && (
              <StopCard applicationId={actor.applicationId} partner={{ id: applicationId, name }} />
            )}
          </div>
        </div>
      </ClientMessages>
    </Page>
  );
}

async function Agreements({
  actor,
  partner,
  mayWrite,
}: {
  actor: Actor;
  partner: { id: string; name: string };
  mayWrite: boolean;
}) {
  const now = new Date();
  const [agreements, { member }] = await Promise.all([
    readAgreements(actor, { partnerApplicationId: partner.id }, now),
    requireSession(),
  ]);
  return (
    <AgreementsCard partner={partner} agreements={agreements} signer={member.name} mayWrite={mayWrite} now={now} />
  );
}

async function Automation({
  actor,
  partner,
  sides,
  mayWrite,
}: {
  actor: Actor;
  partner: { id: string; name: string };
  sides: readonly ("issuer" | "receiver")[];
  mayWrite: boolean;
}) {
  const [automations, workflows] = await Promise.all([
    readAutomations(actor, { partnerApplicationId: partner.id }),
    actor.privileges.has("read:workflows") ? listWorkflows(actor) : [],
  ]);
  return (
    <AutomationCard
      partner={partner}
      automations={automations}
      sides={sides}
      workflows={workflows.map(({ id, label, kind }) => ({ id, label, kind }))}
      mayWrite={mayWrite}
    />
  );
}

/** How far this application trusts them: its own settings, which there are once the two have met. */
async function Settings({
  actor,
  partner,
  mayWrite,
}: {
  actor: Actor;
  partner: { id: string; organisation: string | null };
  mayWrite: boolean;
}) {
  const input = { partnerApplicationId: partner.id };
  const [trust, versions] = await Promise.all([readTrust(actor, input), readPolicyVersions(actor, input)]);
  return (
    <>
      <TrustCard partner={partner} trust={trust} memberId={actor.id} mayWrite={mayWrite} />
      <PolicyCard
        key={versions[0]?.version ?? 0}
        partnerApplicationId={partner.id}
        mayWrite={mayWrite}
        mayTry={mayWrite && actor.privileges.has("read:sessions")}
        versions={versions}
      />
    </>
  );
}

async function About({ partner }: { partner: Partner }) {
  const [t, locale] = await Promise.all([getTranslations("partners"), getLocale()]);
  const { applicationId: id, organisation } = partner;
  const count = (amount: number, href: string) =>
    amount === 0 ? (
      "0"
    ) : (
      <EagerLink href={href} className="rounded-sm underline underline-offset-4 hover:text-accent">
        {amount}
      </EagerLink>
    );
  const last = [partner.lastMintedAt, partner.lastImportedAt].reduce(
    (latest, one) => (one && (!latest || one > latest) ? one : latest),
    null,
  );
  return (
    <Card>
      <CardHeader title={t("page.about")} />
      <CardBody>
        <DescriptionList
          items={[
            { key: "legal", term: t("page.legalName"), value: organisation?.legalName },
            { key: "role", term: t("page.role"), value: organisation?.ecosystemRole },
            { key: "country", term: t("page.country"), value: countryName(organisation?.country, locale) },
            {
              key: "contact",
              term: t("page.contact"),
              value: organisation?.contactEmail && (
                <a
                  href={`mailto:${organisation.contactEmail}`}
                  className="rounded-sm underline underline-offset-4 hover:text-accent"
                >
                  {organisation.contactEmail}
                </a>
              ),
            },
            { key: "id", term: t("column.id"), value: <CopyText text={id} label={t("column.id")} shorten /> },
            { key: "since", term: t("page.since"), value: <DateTime value={partner.createdAt} show="date" /> },
            { key: "minted", term: t("page.minted"), value: count(partner.minted, `/share-tokens?partner=${id}`) },
            { key: "imported", term: t("page.imported"), value: count(partner.imported, `/imports?partner=${id}`) },
            { key: "last", term: t("page.last"), value: last ? <RelativeTime value={last} /> : t("never") },
          ]}
        />
      </CardBody>
    </Card>
  );
}

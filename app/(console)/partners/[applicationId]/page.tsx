import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { Page, PageHeader } from "@/components/ui/page-header";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { type PartnerView, readPartner } from "@/domain/partners/partners";
import { readPolicyVersions } from "@/domain/partners/policies";
import { readTrust } from "@/domain/partners/trust";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { PolicyCard } from "./policy-card";
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
  const [partner, trust, versions] = await orNotFound(applicationId, (id) =>
    Promise.all([
      readPartner(actor, { applicationId: id }),
      readTrust(actor, { partnerApplicationId: id }),
      readPolicyVersions(actor, { partnerApplicationId: id }),
    ]),
  );
  const mayWrite = actor.privileges.has("write:partners");
  const name = partner.application?.organisationName ?? t("unknown");
  return (
    <Page>
      <ClientMessages only={["partners", "policy"]}>
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
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <PolicyCard
            key={versions[0]?.version ?? 0}
            partnerApplicationId={applicationId}
            mayWrite={mayWrite}
            mayTry={mayWrite && actor.privileges.has("read:sessions")}
            versions={versions}
          />
          <div className="flex min-w-0 flex-col gap-5">
            <TrustCard
              partner={{ id: applicationId, organisation: partner.application?.organisationName ?? null }}
              trust={trust}
              memberId={actor.id}
              mayWrite={mayWrite}
            />
            <About partner={partner} />
          </div>
        </div>
      </ClientMessages>
    </Page>
  );
}

async function About({ partner }: { partner: PartnerView }) {
  const t = await getTranslations("partners");
  const { applicationId: id } = partner;
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
            { key: "id", term: t("column.id"), value: <CopyText text={id} label={t("column.id")} /> },
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

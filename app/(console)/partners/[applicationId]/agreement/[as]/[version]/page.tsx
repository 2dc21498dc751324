import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Page, PageHeader } from "@/components/ui/page-header";
import { readAgreements } from "@/domain/agreements/read";
import { readPartner } from "@/domain/partners/partners";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { STANDING_TONES } from "../../../agreement-words";
import { Signatures } from "../../../agreements-card";
import { PrintButton } from "./print-button";

type Props = { params: Promise<{ applicationId: string; as: string; version: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreements");
  return { title: t("title") };
}

/** The text that was signed, as it is hashed, and who signed it: to be read, printed and kept. */
export default async function AgreementPage({ params }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:partners")) return <NoAccess privilege="read:partners" />;
  const [t, tPartners, { applicationId, as, version }] = await Promise.all([
    getTranslations("agreements"),
    getTranslations("partners"),
    params,
  ]);
  const [partner, agreements] = await orNotFound(applicationId, (id) =>
    Promise.all([readPartner(actor, { applicationId: id }), readAgreements(actor, { partnerApplicationId: id })]),
  );
  const found = agreements.find((one) => one.as === as)?.versions.find((one) => String(one.version) === version);
  if (!found) notFound();
  const name = partner.application?.organisationName ?? tPartners("unknown");
  return (
    <Page>
      <ClientMessages only={["agreements"]}>
        <PageHeader
          title={t("pageTitle", { version: found.version })}
          meta={<Badge tone={STANDING_TONES[found.standing]}>{t(`standing.${found.standing}`)}</Badge>}
          actions={<PrintButton />}
          breadcrumbs={
            <Breadcrumbs
              items={[
                { label: tPartners("title"), href: "/partners" },
                { label: name, href: `/partners/${applicationId}` },
                { label: t("version", { version: found.version }) },
              ]}
            />
          }
        />
        <div className="flex max-w-3xl flex-col gap-5">
          <pre
            lang="en"
            className="whitespace-pre-wrap break-words rounded-lg border border-border bg-surface p-5 font-sans text-sm leading-6 print:border-0 print:p-0"
          >
            {found.text}
          </pre>
          <Signatures version={found} />
          <p className="break-all text-muted text-xs">{t("hashOf", { hash: found.hash })}</p>
        </div>
      </ClientMessages>
    </Page>
  );
}

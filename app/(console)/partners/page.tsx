import { Handshake } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { OwnIds } from "@/components/partners/own-ids";
import { EmptyState } from "@/components/ui/empty-state";
import { Page, PageHeader } from "@/components/ui/page-header";
import { readApplication } from "@/domain/access/settings";
import { listPartnerLinks } from "@/domain/partners/links";
import { listPartners } from "@/domain/partners/partners";
import { readTrustRule } from "@/domain/partners/trust";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { ExportMenu } from "../exports/export-menu";
import { Invitations } from "./invitations";
import { InvitePartner } from "./invite-partner";
import { LinkDialog } from "./link-dialog";
import { PartnersTable } from "./partners-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("partners");
  return { title: t("title") };
}

export default async function PartnersPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:partners")) return <NoAccess privilege="read:partners" />;
  const [t, partners, links, rule, own] = await Promise.all([
    getTranslations("partners"),
    listPartners(actor),
    listPartnerLinks(actor),
    readTrustRule(actor),
    actor.privileges.has("read:settings") ? readApplication(actor) : null,
  ]);
  const mayWrite = actor.privileges.has("write:partners");
  const pair = mayWrite && (
    <>
      <LinkDialog links={links} />
      <InvitePartner ownApplicationId={actor.applicationId} />
    </>
  );
  return (
    <Page>
      <ClientMessages only={["exports", "partners"]}>
        <PageHeader
          title={t("title")}
          description={t("description")}
          actions={
            <>
              {partners.length > 0 && <ExportMenu applicationId={actor.applicationId} list="partners" query="" />}
              {pair}
            </>
          }
        />
        {own && <OwnIds applicationId={own.id} clientId={own.clientId} />}
        <Invitations partners={partners} mayWrite={mayWrite} />
        <PartnersTable
          mayWrite={mayWrite}
          rule={rule}
          rows={partners.map((one) => ({
            id: one.applicationId,
            organisation: one.application?.organisationName ?? null,
            application: one.application?.name ?? null,
            environment: one.application?.environment ?? null,
            relations: one.relations.map(({ as, state }) => ({ as, state })),
            isMet: one.isMet,
            trustDefault: one.trustDefault,
            isWaiting: one.trustRequest !== null,
            minted: one.minted,
            imported: one.imported,
            lastActivityAt: latest(one.lastMintedAt, one.lastImportedAt),
          }))}
          empty={
            <EmptyState
              icon={<Handshake />}
              title={t("empty.title")}
              description={t("empty.description")}
              actions={pair}
            />
          }
        />
      </ClientMessages>
    </Page>
  );
}

function latest(...moments: (Date | null)[]): Date | null {
  return moments.reduce((last, one) => (one && (!last || one > last) ? one : last), null);
}

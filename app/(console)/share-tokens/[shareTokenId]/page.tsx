import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { TermsText } from "@/components/share-tokens/terms-text";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { Page, PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { readLedgerEntry } from "@/domain/share-tokens/ledger-list";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { RevokeThisToken } from "../revoke-token";
import { STATE_TONES } from "../words";
import { TokenHistory } from "./token-history";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shareTokens");
  return { title: t("page.title") };
}

const linkClasses = "rounded-sm underline underline-offset-4 hover:text-accent";

export default async function ShareTokenPage({ params }: { params: Promise<{ shareTokenId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [t, { shareTokenId }] = await Promise.all([getTranslations("shareTokens"), params]);
  const entry = await orNotFound(shareTokenId, (id) => readLedgerEntry(actor, id));
  const { row } = entry;
  const isIssuer = row.side === "issuer";
  const partner = row.partner && `${row.partner.organisationName} · ${row.partner.name}`;
  const sideHref = isIssuer ? "/share-tokens" : "/share-tokens?side=receiver";
  return (
    <Page>
      <ClientMessages only={["shareTokens"]}>
        <PageHeader
          title={t("page.title")}
          meta={
            <>
              <Badge tone={STATE_TONES[row.state]}>{t(`state.${row.state}`)}</Badge>
              <span>{t(`side.${row.side}`)}</span>
            </>
          }
          breadcrumbs={<Breadcrumbs items={[{ label: t("title"), href: sideHref }, { label: row.id.slice(0, 8) }]} />}
          actions={row.state === "active" && actor.privileges.has("write:sessions") && <RevokeThisToken id={row.id} />}
        />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <Card>
            <CardHeader title={t("page.history")} />
            <CardBody>
              <TokenHistory entry={entry} />
            </CardBody>
          </Card>
          <Card>
            <CardHeader title={t("page.about")} />
            <CardBody>
              <DescriptionList
                items={[
                  {
                    key: "id",
                    term: t("page.id"),
                    value: <CopyText text={row.id} label={t("page.id")} shorten />,
                  },
                  {
                    key: "session",
                    term: t("page.session"),
                    value: row.session ? (
                      <EagerLink href={`/sessions/${row.session.id}`} className={linkClasses}>
                        #{row.session.number}
                      </EagerLink>
                    ) : (
                      t(isIssuer ? "deleted" : "noSession")
                    ),
                  },
                  ...(isIssuer
                    ? []
                    : [
                        {
                          key: "source",
                          term: t("page.source"),
                          value: <CopyText text={row.sourceSessionId} label={t("page.source")} shorten />,
                        },
                      ]),
                  {
                    key: "partner",
                    term: t(isIssuer ? "column.receiver" : "column.issuer"),
                    value:
                      partner && actor.privileges.has("read:partners") ? (
                        <EagerLink
                          href={`${sideHref}${isIssuer ? "?" : "&"}partner=${row.partnerApplicationId}`}
                          className={linkClasses}
                        >
                          {partner}
                        </EagerLink>
                      ) : (
                        (partner ?? t("page.unknown"))
                      ),
                  },
                  {
                    key: "at",
                    term: t(isIssuer ? "column.issued" : "column.presented"),
                    value: <DateTime value={row.at} />,
                  },
                  { key: "by", term: t(isIssuer ? "column.by" : "column.presentedBy"), value: row.byLabel },
                  { key: "expires", term: t("column.expires"), value: <DateTime value={row.expiresAt} /> },
                  ...(isIssuer
                    ? [{ key: "terms", term: t("column.terms"), value: <TermsText terms={row.terms} /> }]
                    : []),
                  ...(actor.privileges.has("read:audit")
                    ? [
                        {
                          key: "audit",
                          term: t("page.audit"),
                          value: (
                            <EagerLink href={`/audit?subject=${row.id}`} className={linkClasses}>
                              {t("page.showAudit")}
                            </EagerLink>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </CardBody>
          </Card>
        </div>
      </ClientMessages>
    </Page>
  );
}

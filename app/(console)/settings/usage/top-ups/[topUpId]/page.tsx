import { ExternalLink } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { readTopUp } from "@/domain/billing/top-up";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor, requireSession } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { money } from "../../money";
import { TopUpStatusBadge } from "../../top-up-status";
import { Settle } from "./settle";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("usage");
  return { title: t("topUps.title") };
}

/** Where a top-up is settled; the API answers this address, and programs send people here. */
export default async function TopUpPage({ params }: { params: Promise<{ topUpId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:billing")) return <NoAccess privilege="read:billing" />;
  const { topUpId } = await params;
  const [t, locale, { organisationName }, topUp] = await Promise.all([
    getTranslations("usage"),
    getLocale(),
    requireSession(),
    orNotFound(topUpId, (id) => readTopUp(actor, { id })),
  ]);
  const amount = money(topUp.amount, locale);
  const mayWrite = actor.privileges.has("write:billing");
  const isOpen = topUp.status === "pending";
  const back = topUp.status === "paid" ? topUp.successUrl : topUp.status === "cancelled" ? topUp.cancelUrl : null;
  const title = t("checkout.title", { amount });
  return (
    <ClientMessages only={["usage"]}>
      <div className="flex max-w-2xl flex-col gap-3">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/usage" }, { label: title }]} />
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="font-semibold text-lg leading-6">{title}</h2>
          <TopUpStatusBadge status={topUp.status} />
        </div>
        {isOpen ? (
          <Callout tone="info">{t(`checkout.${topUp.environment}`)}</Callout>
        ) : (
          <Callout tone={topUp.status === "paid" ? "success" : "neutral"}>
            {t(topUp.status === "paid" ? "checkout.paid" : "checkout.cancelled")}
          </Callout>
        )}
        {isOpen && !mayWrite && <Callout tone="neutral">{t("checkout.readOnly")}</Callout>}
        <Card>
          <CardBody>
            <DescriptionList
              items={[
                {
                  term: t("checkout.account"),
                  value: (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      {organisationName} <EnvironmentBadge environment={topUp.environment} />
                    </span>
                  ),
                },
                { term: t("topUps.column.amount"), value: amount },
                { term: t("topUps.column.requested"), value: <DateTime value={topUp.requestedAt} /> },
                { term: t("topUps.column.by"), value: topUp.requestedByLabel },
                ...(topUp.settledAt
                  ? [
                      { term: t("topUps.column.settled"), value: <DateTime value={topUp.settledAt} /> },
                      { term: t("checkout.settledBy"), value: topUp.settledByLabel },
                    ]
                  : []),
                { term: t("checkout.id"), value: <CopyText text={topUp.id} label={t("checkout.id")} /> },
              ]}
            />
          </CardBody>
          <CardFooter>
            {isOpen && mayWrite ? (
              <Settle id={topUp.id} amount={amount} mayPay={topUp.environment === "sandbox"} />
            ) : (
              <>
                <Button asChild>
                  <EagerLink href="/settings/usage">{t("checkout.usage")}</EagerLink>
                </Button>
                {back && (
                  <Button asChild variant="primary">
                    <a href={back} rel="noreferrer">
                      {t("checkout.back", { host: new URL(back).host })}
                      <ExternalLink aria-hidden />
                    </a>
                  </Button>
                )}
              </>
            )}
          </CardFooter>
        </Card>
      </div>
    </ClientMessages>
  );
}

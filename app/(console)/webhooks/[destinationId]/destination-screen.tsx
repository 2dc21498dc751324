"use client";

import { useTranslations } from "next-intl";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Section } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { Page, PageHeader } from "@/components/ui/page-header";
import { StaleNotice } from "@/components/ui/stale-notice";
import { DestinationBadge } from "../badges";
import { useWebhooks } from "../context";
import { DeliveriesScreen, type InitialDeliveries } from "../deliveries-screen";
import { DestinationHealth, SubscribedEvents } from "../destination-health";
import { DestinationNotices } from "../destination-notices";
import type { DestinationItem } from "../items";
import type { PulseItem } from "../load";
import { Pulse } from "../pulse";
import { type Rendered, useFresh } from "../use-fresh";
import { DestinationActions } from "./destination-actions";
import { ResendFailed } from "./resend-failed";

const EVERY_MS = 4_000;

export function DestinationScreen({
  initial,
  deliveries,
  pulse,
}: {
  initial: Rendered<DestinationItem>;
  deliveries: InitialDeliveries;
  pulse: Rendered<PulseItem[]>;
}) {
  const t = useTranslations("webhooks");
  const { mayWrite } = useWebhooks();
  const query = useFresh<DestinationItem>({
    path: `destinations/${initial.answer.id}`,
    everyMs: EVERY_MS,
    rendered: initial,
  });
  const destination = query.data ?? initial.answer;
  return (
    <Page>
      <PageHeader
        breadcrumbs={<Breadcrumbs items={[{ label: t("title"), href: "/webhooks" }, { label: destination.label }]} />}
        title={destination.label}
        meta={
          <>
            <DestinationBadge {...destination} />
            <CopyText text={destination.url} label={t("form.url")} />
          </>
        }
        actions={mayWrite && <DestinationActions destination={destination} />}
      />
      <div className="flex flex-col gap-5">
        {query.problem && <StaleNotice code={query.problem} />}
        <DestinationNotices destination={destination} onOverlapOver={() => query.refetch()} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <DestinationHealth destination={destination} />
            <Pulse destinationId={destination.id} initial={pulse} />
          </div>
          <SubscribedEvents destination={destination} />
        </div>
        <Section title={t("tab.deliveries")} actions={mayWrite && <ResendFailed destination={destination} />}>
          <DeliveriesScreen initial={deliveries} destination={destination} />
        </Section>
      </div>
    </Page>
  );
}

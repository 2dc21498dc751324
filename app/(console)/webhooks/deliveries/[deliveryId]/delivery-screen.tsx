"use client";

import { Send } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { Page, PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { resendDeliveryAction } from "../../actions";
import { DeliveryBadge } from "../../badges";
import { useWebhooks } from "../../context";
import { DestinationName, NextAttempt, SessionLink } from "../../delivery-columns";
import type { AttemptItem, DeliveryDetail } from "../../items";
import { MessageBody } from "../../message-body";
import type { ReceiverProgram } from "../../receivers";
import { useAct, useRefusal } from "../../use-act";
import { useFailure } from "../../use-failure";
import { type Rendered, useFresh } from "../../use-fresh";
import { EVENT_MESSAGES, isKnownEvent } from "../../words";
import { Attempt } from "./attempt";

/** While it waits something may happen at any moment; afterwards only if somebody sends it again. */
const WAITING_EVERY_MS = 2_000;
const SETTLED_EVERY_MS = 15_000;

export function DeliveryScreen({
  initial,
  programs,
}: {
  initial: Rendered<DeliveryDetail>;
  programs: readonly ReceiverProgram[];
}) {
  const t = useTranslations("webhooks");
  const { mayWrite } = useWebhooks();
  const query = useFresh<DeliveryDetail>({
    path: `deliveries/${initial.answer.id}`,
    everyMs: (answer) => (answer?.state === "pending" ? WAITING_EVERY_MS : SETTLED_EVERY_MS),
    rendered: initial,
  });
  const delivery = query.data ?? initial.answer;
  const [newest] = delivery.attemptList;
  return (
    <Page>
      <PageHeader
        breadcrumbs={
          <Breadcrumbs
            items={[
              { label: t("title"), href: "/webhooks" },
              { label: t("tab.deliveries"), href: "/webhooks/deliveries" },
              { label: t("delivery.breadcrumb") },
            ]}
          />
        }
        title={<code className="break-all font-mono text-lg">{delivery.type}</code>}
        description={isKnownEvent(delivery.type) ? t(`event.${EVENT_MESSAGES[delivery.type]}`) : undefined}
        meta={
          <>
            <DeliveryBadge state={delivery.state} />
            {delivery.isTest && <Badge tone="accent">{t("deliveries.isTest")}</Badge>}
          </>
        }
        actions={mayWrite && delivery.destination.kind === "push" && <ResendNow delivery={delivery} />}
      />
      <div className="flex flex-col gap-5">
        {query.problem && <StaleNotice code={query.problem} />}
        <LastWords delivery={delivery} />
        <Card>
          <CardBody>
            <Facts delivery={delivery} />
          </CardBody>
        </Card>
        <Section title={t("delivery.attemptsTitle")}>
          {delivery.attemptList.length === 0 ? (
            <p className="text-muted text-sm">
              {t(delivery.state === "pending" ? "delivery.none" : "deliveries.noAttempt")}
            </p>
          ) : (
            <ol className="flex flex-col gap-2">
              {delivery.attemptList.map((attempt) => (
                <Attempt key={attempt.id} attempt={attempt} initiallyOpen={attempt === newest} programs={programs} />
              ))}
            </ol>
          )}
        </Section>
        {delivery.attemptList.length === 0 && delivery.message && (
          <Card>
            <CardHeader title={t("delivery.message")} description={t("delivery.messageText")} />
            <CardBody>
              <MessageBody label={t("attempt.body")} text={delivery.message} />
            </CardBody>
          </Card>
        )}
      </div>
    </Page>
  );
}

/** Why it failed, when no attempt says so: given up, or its destination was taken away. */
function LastWords({ delivery }: { delivery: DeliveryDetail }) {
  const failureOf = useFailure();
  if (delivery.state !== "failed") return null;
  return <Callout tone="danger">{failureOf(delivery)}</Callout>;
}

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  return (
    <DescriptionList
      layout="grid"
      items={[
        {
          key: "destination",
          term: t("delivery.destination"),
          value: (
            <span className="grid">
              <DestinationName destination={delivery.destination} />
              <span className="break-all font-mono text-muted text-xs">{delivery.destination.url}</span>
            </span>
          ),
        },
        { key: "subject", term: t("delivery.subject"), value: <SessionLink delivery={delivery} /> },
        {
          key: "event",
          term: t("delivery.eventId"),
          value: delivery.isTest ? (
            <span className="text-muted">{t("delivery.eventIdTest")}</span>
          ) : (
            <CopyText text={delivery.eventId} label={t("delivery.eventId")} shorten />
          ),
        },
        {
          key: "id",
          term: t("delivery.id"),
          value: <CopyText text={delivery.id} label={t("delivery.id")} shorten />,
        },
        {
          key: "created",
          term: t("delivery.created"),
          value: <DateTime value={delivery.createdAt} className="tabular-nums" />,
        },
        { key: "attempts", term: t("delivery.attempts"), value: format.number(delivery.attempts) },
        ...(delivery.nextAttemptAt
          ? [
              {
                key: "next",
                term: t("delivery.next"),
                value: <NextAttempt at={delivery.nextAttemptAt} />,
              },
              { key: "giveUp", term: t("delivery.giveUp"), value: <DateTime value={delivery.giveUpAt} /> },
            ]
          : []),
      ]}
    />
  );
}

/** Sent here and now, with the answer at once. */
function ResendNow({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("webhooks.delivery");
  const sentence = useRefusal();
  const failureOf = useFailure();
  const { run, busy, failure } = useAct();
  const [result, setResult] = useState<AttemptItem | null>(null);

  async function resend() {
    setResult(null);
    const done = await run(() =>
      resendDeliveryAction({ destinationId: delivery.destination.id, deliveryId: delivery.id }),
    );
    if (done) setResult(done.data);
  }

  const failed = result && failureOf(result);
  return (
    <div className="flex max-w-md flex-col items-end gap-2">
      <Button variant="primary" icon={<Send aria-hidden />} loading={busy} onClick={resend}>
        {t("resend")}
      </Button>
      {failure && (
        <Callout tone="danger" announce>
          {sentence(failure)}
        </Callout>
      )}
      {result &&
        (failed ? (
          <Callout tone="danger" announce title={t("resentFailed")}>
            {failed}
          </Callout>
        ) : (
          <Callout tone="success" announce>
            {t("resentOk", { status: String(result.status), ms: String(Math.round(result.timings.totalMs)) })}
          </Callout>
        ))}
    </div>
  );
}

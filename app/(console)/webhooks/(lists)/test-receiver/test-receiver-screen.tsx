"use client";

import { Inbox, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { addTestReceiverAction } from "../../actions";
import { DestinationBadge } from "../../badges";
import { useWebhooks } from "../../context";
import { DestinationNotices } from "../../destination-notices";
import type { TestReceiverAnswer } from "../../load";
import { SendTest } from "../../send-test";
import { useAct, useRefusal } from "../../use-act";
import { type Rendered, useFresh } from "../../use-fresh";
import { AnswerForm } from "./answer-form";
import { Receipt } from "./receipt";

const EVERY_MS = 2_000;

export function TestReceiverScreen({ initial }: { initial: Rendered<TestReceiverAnswer | null> }) {
  const t = useTranslations("webhooks.tester");
  const { mayWrite } = useWebhooks();
  const query = useFresh<TestReceiverAnswer | null>({
    path: "test-receiver",
    everyMs: (answer) => (answer ? EVERY_MS : null),
    rendered: initial,
  });
  const receiver = query.data;
  return (
    <Section
      title={t("title")}
      description={t("text")}
      actions={receiver && mayWrite && <SendTest destination={receiver.destination} />}
    >
      {query.problem && <StaleNotice code={query.problem} />}
      {receiver ? <Running receiver={receiver} onOverlapOver={() => query.refetch()} /> : <NoReceiver />}
    </Section>
  );
}

function NoReceiver() {
  const t = useTranslations("webhooks");
  const { mayWrite } = useWebhooks();
  const sentence = useRefusal();
  const { run, busy, failure } = useAct();

  async function add() {
    if (await run(() => addTestReceiverAction({}))) toast.success(t("tester.added"));
  }

  return (
    <Card>
      <EmptyState
        icon={<Inbox />}
        title={t("tester.empty.title")}
        description={t("tester.empty.description")}
        actions={
          mayWrite && (
            <Button variant="primary" icon={<Plus aria-hidden />} loading={busy} onClick={add}>
              {t("tester.add")}
            </Button>
          )
        }
      />
      {failure && (
        <CardBody>
          <Callout tone="danger" announce>
            {failure.fields?.non_field_errors && !failure.more ? t("refusal.exists") : sentence(failure)}
          </Callout>
        </CardBody>
      )}
    </Card>
  );
}

function Running({ receiver, onOverlapOver }: { receiver: TestReceiverAnswer; onOverlapOver: () => void }) {
  const t = useTranslations("webhooks.tester");
  const { mayWrite } = useWebhooks();
  const { destination, receipts, answerStatus, answerDelayMs } = receiver;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted">{t("state")}</span>
          <Link
            href={`/webhooks/${destination.id}`}
            className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
          >
            {destination.label}
          </Link>
          <DestinationBadge {...destination} />
        </p>
        <DestinationNotices destination={destination} onOverlapOver={onOverlapOver} />
        <AnswerForm
          // What somebody else has set meanwhile replaces what is shown here.
          key={`${answerStatus}-${answerDelayMs}`}
          saved={{ status: answerStatus, delayMs: answerDelayMs }}
          mayWrite={mayWrite}
        />
      </div>
      <section aria-labelledby="arrived" className="flex min-w-0 flex-col gap-2">
        <div>
          <h3 id="arrived" className="font-semibold text-base">
            {t("arrived")}
          </h3>
          <p className="text-muted text-sm">{t("arrivedText")}</p>
        </div>
        {receipts.length === 0 ? (
          <Card>
            <EmptyState title={t("nothing.title")} description={t("nothing.description")} />
          </Card>
        ) : (
          <ol className="flex flex-col gap-2">
            {receipts.map((receipt) => (
              <Receipt key={receipt.id} receipt={receipt} />
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

"use client";

import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/relative-time";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { cn } from "@/lib/cn";
import { StatusCode } from "../../badges";
import { HeaderTable } from "../../header-table";
import type { AttemptItem } from "../../items";
import { MessageBody } from "../../message-body";
import type { ReceiverProgram } from "../../receivers";
import { useFailure } from "../../use-failure";
import { Timing } from "./timing";
import { Verify } from "./verify";

/** One request that was made: a line that opens into everything about it. */
export function Attempt({
  attempt,
  initiallyOpen,
  programs,
}: {
  attempt: AttemptItem;
  initiallyOpen: boolean;
  programs: readonly ReceiverProgram[];
}) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const failureOf = useFailure();
  const panelId = useId();
  const [open, setOpen] = useState(initiallyOpen);
  const failure = failureOf(attempt);
  return (
    <li className="min-w-0 rounded-lg border border-border bg-surface">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => setOpen(!open)}
          className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2.5 text-left text-sm hover:bg-subtle"
        >
          <ChevronRight
            aria-hidden
            className={cn("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
          />
          <span className="font-medium">{t("delivery.attempt", { number: attempt.number })}</span>
          {attempt.status !== null && <StatusCode status={attempt.status} />}
          {failure && <span className="min-w-0 text-danger">{failure}</span>}
          <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
            <Badge size="sm" tone={attempt.trigger === "schedule" ? "neutral" : "accent"}>
              {t(`trigger.${attempt.trigger}`)}
            </Badge>
            <span className="tabular-nums">
              {t("milliseconds", { value: format.number(Math.round(attempt.timings.totalMs)) })}
            </span>
            <DateTime value={attempt.startedAt} className="tabular-nums" />
          </span>
        </button>
      </h3>
      <div id={panelId} hidden={!open}>
        {open && <Inside attempt={attempt} programs={programs} />}
      </div>
    </li>
  );
}

function Inside({ attempt, programs }: { attempt: AttemptItem; programs: readonly ReceiverProgram[] }) {
  const t = useTranslations("webhooks.attempt");
  const tDelivery = useTranslations("webhooks.delivery");
  const { body, requestHeaders } = attempt;
  const hasHeaders = Object.keys(requestHeaders).length > 0;
  return (
    <div className="flex flex-col gap-4 border-border border-t p-3">
      <Timing timings={attempt.timings} />
      <Tabs defaultValue="request">
        <TabList aria-label={tDelivery("attempt", { number: attempt.number })}>
          <Tab value="request">{t("request")}</Tab>
          <Tab value="response">{t("response")}</Tab>
          {hasHeaders && body !== null && <Tab value="verify">{t("verify")}</Tab>}
        </TabList>
        <TabPanel value="request" className="flex flex-col gap-3">
          <p className="flex flex-wrap gap-x-4 text-muted text-sm">
            <span>{tDelivery(`signedWith.${attempt.signedWith}`)}</span>
            {attempt.address && (
              <span>
                {tDelivery("address")} <code className="font-mono text-xs">{attempt.address}</code>
              </span>
            )}
          </p>
          {hasHeaders ? (
            <HeaderTable label={t("headers")} headers={requestHeaders} />
          ) : (
            <p className="text-muted text-sm">{t("noHeaders")}</p>
          )}
          {body === null ? (
            <Callout tone="neutral">{t("noBody")}</Callout>
          ) : (
            <>
              <MessageBody label={t("body")} text={body} />
              <p className="text-muted text-sm">{t("exact")}</p>
            </>
          )}
        </TabPanel>
        <TabPanel value="response" className="flex flex-col gap-3">
          <Response attempt={attempt} />
        </TabPanel>
        {hasHeaders && body !== null && (
          <TabPanel value="verify">
            <Verify body={body} headers={requestHeaders} startedAt={attempt.startedAt} programs={programs} />
          </TabPanel>
        )}
      </Tabs>
    </div>
  );
}

function Response({ attempt }: { attempt: AttemptItem }) {
  const t = useTranslations("webhooks.attempt");
  const failureOf = useFailure();
  const { status, responseHeaders, response } = attempt;
  if (status === null) {
    return (
      <Callout tone="danger" title={t("noResponse")}>
        {failureOf(attempt)}
      </Callout>
    );
  }
  return (
    <>
      {responseHeaders && Object.keys(responseHeaders).length > 0 && (
        <HeaderTable label={t("headers")} headers={responseHeaders} />
      )}
      {response === null ? (
        <p className="text-muted text-sm">{t(attempt.body === null ? "goneResponse" : "emptyResponse")}</p>
      ) : (
        <MessageBody label={t("body")} text={response} />
      )}
      {attempt.responseTruncated && <p className="text-muted text-sm">{t("truncated")}</p>}
    </>
  );
}

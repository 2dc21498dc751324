import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Turns } from "@/components/ui/pagination";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { readInbox } from "@/domain/vendor/inboxes";
import { listMessages } from "@/domain/vendor/messages";
import { KEPT_FOR_DAYS, MESSAGE_STATES, TURNED_AWAY } from "@/domain/vendor/rules";
import { requireActor } from "@/lib/auth";
import { firstOf, listHref } from "@/lib/keyset";
import { orNotFound } from "@/lib/or-not-found";
import { InboxBadge } from "../badges";
import { InboxMenu } from "../inbox-menu";
import { menuInbox, workflowChoices } from "../load";
import { MessageFilter } from "../message-filter";
import { MessagesTable } from "../messages-table";

const PAGE_SIZE = 50;
const A_DAY_MS = 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendor");
  return { title: t("title") };
}

export default async function InboxPage({
  params,
  searchParams,
}: {
  params: Promise<{ inboxId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const { inboxId } = await params;
  const search = firstOf(await searchParams, ["state", "older", "newer"]);
  const state = MESSAGE_STATES.find((one) => one === search.state) ?? null;
  const place = [search.newer, search.older].find((one) => one && UUID.test(one)) ?? null;
  const towards = place && place === search.newer ? "newer" : "older";
  const [t, format, inbox, page, workflows] = await Promise.all([
    getTranslations("vendor"),
    getFormatter(),
    orNotFound(inboxId, (id) => readInbox(actor, id)),
    orNotFound(inboxId, (id) =>
      listMessages(actor, { inboxId: id, ...(state && { state }) }, place, PAGE_SIZE, towards),
    ),
    workflowChoices(actor),
  ]);
  const now = new Date();
  const here = `/settings/vendor/${inbox.id}`;
  const landing = (id: string | null) =>
    workflows.find((one) => one.id === id)?.label ?? (id === null ? t("form.defaultWorkflow") : id);
  const refusal = TURNED_AWAY.find((one) => one === inbox.lastRefusal);
  const isRecent = inbox.lastRefusedAt !== null && now.getTime() - inbox.lastRefusedAt.getTime() < A_DAY_MS;
  const menu = menuInbox(inbox, now);

  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-col gap-1">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/vendor" }, { label: inbox.label }]} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="flex min-w-0 items-center gap-2.5 font-semibold text-lg">
            <span className="truncate">{inbox.label}</span>
            <InboxBadge enabled={inbox.enabled} />
          </h2>
          {actor.privileges.has("write:keys") && <InboxMenu inbox={menu} workflows={workflows} leaves />}
        </div>
      </div>
      {refusal && isRecent && (
        <Callout tone="warning" title={t("inbox.turnedAway")}>
          <p>
            {t("inbox.turnedAwayText", {
              reason: t(`turnedAway.${refusal}`),
              when: format.relativeTime(inbox.lastRefusedAt!, now),
            })}
          </p>
          <p className="text-muted">{t("inbox.turnedAwayHint")}</p>
        </Callout>
      )}
      <Card>
        <CardHeader title={t("inbox.facts")} level={3} />
        <CardBody>
          <DescriptionList
            layout="grid"
            items={[
              {
                term: t("inbox.url"),
                value: <CopyText text={inbox.url} label={t("inbox.url")} />,
                wide: true,
              },
              { term: t("inbox.userWorkflow"), value: landing(inbox.userWorkflowId) },
              { term: t("inbox.businessWorkflow"), value: landing(inbox.businessWorkflowId) },
              {
                term: t("inbox.lastReceived"),
                value: inbox.lastReceivedAt ? <RelativeTime value={inbox.lastReceivedAt} /> : t("never"),
              },
              ...(menu.overlaps
                ? [{ term: t("inbox.overlap"), value: <DateTime value={inbox.previousSecretUntil!} /> }]
                : []),
              {
                term: t("inbox.created"),
                value: (
                  <>
                    <DateTime value={inbox.createdAt} show="date" />{" "}
                    {t("inbox.createdBy", { name: inbox.createdByLabel })}
                  </>
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
      <Section
        title={t("log.title")}
        description={t("log.description", { days: KEPT_FOR_DAYS })}
        actions={<MessageFilter state={state} />}
      >
        <MessagesTable
          rows={page.rows}
          empty={
            <EmptyState
              icon={<Inbox />}
              title={t(state ? "log.none" : "log.empty")}
              description={state ? undefined : t("log.emptyText")}
            />
          }
        />
        <Turns
          newer={page.previous && listHref(here, { state: state ?? undefined, newer: page.previous })}
          older={page.next && listHref(here, { state: state ?? undefined, older: page.next })}
        />
      </Section>
      {actor.environment === "sandbox" && (
        <Section title={t("test.title")} description={t("test.text")}>
          <CodeBlock label={t("test.command")} code={`VENDOR_SECRET=… npm run vendor-message -- ${inbox.url}`} wrap />
        </Section>
      )}
    </div>
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

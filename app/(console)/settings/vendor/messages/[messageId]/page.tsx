import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { readMessage } from "@/domain/vendor/messages";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { MessageBody } from "../../../../webhooks/message-body";
import { MessageBadge } from "../../badges";
import { Outcome } from "../../outcome";
import { RetryMessage } from "./retry-message";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendor.message");
  return { title: t("breadcrumb") };
}

export default async function MessagePage({ params }: { params: Promise<{ messageId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const { messageId } = await params;
  const [t, { message, inbox, body, mayTryAgain }] = await Promise.all([
    getTranslations("vendor"),
    orNotFound(messageId, (id) => readMessage(actor, id)),
  ]);
  const mayRead = actor.privileges.has("read:sessions");
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-col gap-1">
        <Breadcrumbs
          items={[
            { label: t("title"), href: "/settings/vendor" },
            inbox.isDeleted ? { label: inbox.label } : { label: inbox.label, href: `/settings/vendor/${inbox.id}` },
            { label: t("message.breadcrumb") },
          ]}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="flex min-w-0 flex-wrap items-center gap-2.5 font-semibold text-lg">
            {t("message.title", { name: inbox.label })}
            <MessageBadge state={message.state} />
          </h2>
          {mayTryAgain && actor.privileges.has("write:webhooks") && <RetryMessage id={message.id} />}
        </div>
      </div>
      <Callout
        tone={
          message.state === "failed"
            ? "danger"
            : message.state === "refused"
              ? "warning"
              : message.state === "brought_in" || message.state === "updated"
                ? "success"
                : "info"
        }
      >
        <p>
          <Outcome state={message.state} reason={message.reason} />
        </p>
        {message.problems && message.problems.length > 0 && (
          <ul aria-label={t("message.problems")} className="mt-1.5 grid gap-1">
            {message.problems.map(({ path, message: rule }) => (
              <li key={`${path} ${rule}`} className="break-words text-sm">
                {path && <code className="font-mono text-xs">{path}: </code>}
                {rule}
              </li>
            ))}
          </ul>
        )}
      </Callout>
      <Card>
        <CardHeader title={t("message.facts")} level={3} />
        <CardBody>
          <DescriptionList
            layout="grid"
            items={[
              { term: t("message.event"), value: <code className="font-mono text-xs">{message.type}</code> },
              {
                term: t("message.eventId"),
                value: message.eventId ? (
                  <CopyText text={message.eventId} label={t("message.eventId")} shorten />
                ) : (
                  t("message.noEventId")
                ),
              },
              {
                term: t("message.vendorSession"),
                value: message.vendorReference && (
                  <CopyText text={message.vendorReference} label={t("message.vendorSession")} shorten />
                ),
              },
              {
                term: t("message.vendorStatus"),
                value: message.vendorStatus && <StatusBadge status={message.vendorStatus} size="sm" />,
              },
              {
                term: t("message.session"),
                value: message.session && (
                  <EagerLink href={`/sessions/${message.session.id}`} className="text-accent hover:underline">
                    {t("log.session", { number: message.session.number })}
                  </EagerLink>
                ),
              },
              { term: t("message.happened"), value: <DateTime value={message.happenedAt} /> },
              { term: t("message.received"), value: <DateTime value={message.receivedAt} /> },
              message.state === "waiting"
                ? { term: t("message.nextTry"), value: <DateTime value={message.dueAt} /> }
                : {
                    term: t("message.finished"),
                    value: message.finishedAt && <DateTime value={message.finishedAt} />,
                  },
              { term: t("message.tries"), value: String(message.tries) },
              { term: t("message.repeats"), value: String(message.repeats) },
              { term: t("message.signedWith"), value: t(`message.signed.${message.signedWith}`) },
            ]}
          />
        </CardBody>
      </Card>
      {body ? (
        <ClientMessages only={["webhooks", "vendor"]}>
          <MessageBody label={t("message.body")} text={JSON.stringify(body, null, 2)} />
        </ClientMessages>
      ) : (
        <Callout tone="neutral" title={t("message.body")}>
          {t(mayRead ? "message.bodyGone" : "message.bodyHidden")}
        </Callout>
      )}
    </div>
  );
}

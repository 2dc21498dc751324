import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { hasMailbox, listMailbox, type MailboxRow } from "@/domain/mail/mailbox";
import { requireActor } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.mailbox") };
}

export default async function MailboxPage() {
  const actor = await requireActor();
  if (!hasMailbox(actor)) notFound();
  if (!actor.privileges.has("write:members")) return <NoAccess privilege="write:members" />;
  const [t, mails] = await Promise.all([getTranslations("accounts.mailbox"), listMailbox(actor)]);
  return (
    <Section title={t("title")} description={t("description")}>
      {mails.length === 0 ? (
        <Card>
          <EmptyState icon={<Mail />} title={t("empty.title")} description={t("empty.description")} />
        </Card>
      ) : (
        <ul aria-label={t("title")} className="flex max-w-3xl flex-col gap-3">
          {mails.map((mail) => (
            <li key={mail.id}>
              <MailCard mail={mail} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

async function MailCard({ mail }: { mail: MailboxRow }) {
  const t = await getTranslations("accounts.mailbox");
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0];
  const code = mail.kind === "registration_code" ? /\b[A-Z2-9]{6}\b/.exec(mail.text)?.[0] : undefined;
  return (
    <Card>
      <CardHeader
        level={3}
        title={mail.subject}
        description={t("to", { recipient: mail.recipient })}
        actions={
          <>
            <Badge size="sm">{t(`kind.${mail.kind}`)}</Badge>
            <RelativeTime value={mail.createdAt} className="text-muted text-xs" />
          </>
        }
      />
      <CardBody className="flex flex-col gap-3">
        <p className="whitespace-pre-wrap break-words text-sm">{mail.text.split("\n-- \n")[0]!.trim()}</p>
        {code && (
          <span className="flex items-center gap-2 text-sm">
            <span className="text-muted">{t("copyCode")}</span>
            <CopyText text={code} label={t("copyCode")} />
          </span>
        )}
        {link && !code && (
          <span className="flex min-w-0 items-center gap-2 text-sm">
            <span className="text-muted">{t("copyLink")}</span>
            <CopyText text={link} label={t("copyLink")} />
          </span>
        )}
      </CardBody>
    </Card>
  );
}

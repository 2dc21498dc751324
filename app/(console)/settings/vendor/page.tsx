import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listInboxes } from "@/domain/vendor/inboxes";
import { requireActor } from "@/lib/auth";
import { CreateInbox } from "./create-inbox";
import { InboxesTable } from "./inboxes-table";
import { menuInbox, workflowChoices } from "./load";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendor");
  return { title: t("title") };
}

export default async function VendorPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const [t, inboxes, workflows] = await Promise.all([
    getTranslations("vendor"),
    listInboxes(actor),
    workflowChoices(actor),
  ]);
  const mayWrite = actor.privileges.has("write:keys");
  const now = new Date();
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={mayWrite && <CreateInbox workflows={workflows} />}
    >
      {!mayWrite && <Callout tone="neutral">{t("readOnly")}</Callout>}
      <InboxesTable
        mayWrite={mayWrite}
        workflows={workflows}
        rows={inboxes.map(({ url, lastReceivedAt, waiting, failed, ...inbox }) => ({
          ...menuInbox(inbox, now),
          url,
          lastReceivedAt,
          waiting,
          failed,
        }))}
        empty={<EmptyState icon={<Inbox />} title={t("empty.title")} description={t("empty.description")} />}
      />
    </Section>
  );
}

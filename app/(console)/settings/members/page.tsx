import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Section } from "@/components/ui/card";
import { listMembers } from "@/domain/access/members";
import { hasMailbox } from "@/domain/mail/mailbox";
import { requireActor, requireSession } from "@/lib/auth";
import { InviteMember } from "./invite-member";
import { MembersTable } from "./members-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.members") };
}

export default async function MembersPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:members")) return <NoAccess privilege="read:members" />;
  const [t, { role }, members] = await Promise.all([
    getTranslations("accounts.members"),
    requireSession(),
    listMembers(actor),
  ]);
  const mayWrite = actor.privileges.has("write:members");
  const isOwner = role === "owner";
  const now = new Date();
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={mayWrite && <InviteMember isOwner={isOwner} waits={hasMailbox(actor)} />}
    >
      <MembersTable
        isOwner={isOwner}
        mayWrite={mayWrite}
        rows={members.map((one) => ({
          id: one.id,
          name: one.name,
          email: one.email,
          role: one.role,
          state: one.state === "invited" && one.expiresAt && one.expiresAt <= now ? "expired" : one.state,
          since: one.since,
          isSelf: one.id === actor.id,
        }))}
      />
    </Section>
  );
}

import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listApiKeys } from "@/domain/access/api-keys";
import { requireActor } from "@/lib/auth";
import { ApiKeysTable } from "./api-keys-table";
import { CreateApiKey } from "./create-api-key";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.apiKeys") };
}

export default async function ApiKeysPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:settings")) return <NoAccess privilege="read:settings" />;
  const [t, keys] = await Promise.all([getTranslations("settings.apiKeys"), listApiKeys(actor)]);
  const mayWrite = actor.privileges.has("write:keys");
  const now = new Date();
  return (
    <Section title={t("title")} description={t("description")} actions={mayWrite && <CreateApiKey />}>
      <ApiKeysTable
        mayWrite={mayWrite}
        rows={keys.map((key) => ({
          id: key.id,
          name: key.name,
          prefix: key.prefix,
          lastFour: key.lastFour,
          privileges: key.privileges,
          createdAt: key.createdAt,
          createdBy: key.createdBy,
          lastUsedAt: key.lastUsedAt,
          expiresAt: key.expiresAt,
          state: key.revokedAt ? "revoked" : key.expiresAt && key.expiresAt <= now ? "expired" : "active",
        }))}
        empty={<EmptyState icon={<KeyRound />} title={t("empty.title")} description={t("empty.description")} />}
      />
    </Section>
  );
}

import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { type ApiKeyView, listApiKeys } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { SESSION_STATUSES } from "@/domain/sessions/rules";
import { listWorkflows } from "@/domain/workflows/read";
import { requireActor } from "@/lib/auth";
import { type ApiKeyRow, ApiKeysTable } from "./api-keys-table";
import { CreateApiKey } from "./create-api-key";
import { PrimaryKey } from "./primary-key";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.apiKeys") };
}

export default async function ApiKeysPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:settings")) return <NoAccess privilege="read:settings" />;
  const [t, keys, found] = await Promise.all([
    getTranslations("settings.apiKeys"),
    listApiKeys(actor),
    listWorkflows(actor),
  ]);
  const mayWrite = actor.privileges.has("write:keys");
  const workflows = found.map(({ id, label }) => ({ id, label }));
  const now = new Date();
  const rows = keys.map((key) => rowOf(key, now));
  return (
    <>
      {mayWrite && <PrimaryKey exists={rows.some((row) => row.isPrimary && row.state === "active")} />}
      <Section
        title={t("title")}
        description={t("description")}
        actions={mayWrite && <CreateApiKey workflows={workflows} />}
      >
        <ApiKeysTable
          mayWrite={mayWrite}
          workflows={workflows}
          rows={rows}
          empty={<EmptyState icon={<KeyRound />} title={t("empty.title")} description={t("empty.description")} />}
        />
      </Section>
    </>
  );
}

function rowOf(key: ApiKeyView, now: Date): ApiKeyRow {
  const isOver = key.expiresAt !== null && key.expiresAt <= now;
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    lastFour: key.lastFour,
    isPrimary: key.isPrimary,
    scopes: {
      name: key.name,
      privileges: API_KEY_PRIVILEGES.filter((one) => key.isPrimary || key.privileges.includes(one)),
      workflowIds: key.workflowIds ?? [],
      statuses: SESSION_STATUSES.filter((status) => key.statuses?.includes(status)),
      addresses: key.addresses ?? [],
      media: key.media,
      agentWrites: key.agentWrites,
    },
    createdAt: key.createdAt,
    createdBy: key.createdBy,
    lastUsedAt: key.lastUsedAt,
    expiresAt: key.expiresAt,
    state: key.revokedAt ? "revoked" : isOver ? "expired" : key.replacedById ? "replaced" : "active",
  };
}

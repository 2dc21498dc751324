import { Workflow } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listWorkflows } from "@/domain/workflows/read";
import { requireActor } from "@/lib/auth";
import { WorkflowsTable } from "./workflows-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.workflows") };
}

export default async function WorkflowsPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [t, workflows] = await Promise.all([getTranslations("settings.workflows"), listWorkflows(actor)]);
  return (
    <Section title={t("title")} description={t("description")}>
      <WorkflowsTable
        rows={workflows.map(({ id, label, kind, isDefault, features, version, sessionExpirationInSeconds }) => ({
          id,
          label,
          kind,
          isDefault,
          features,
          version,
          sessionExpirationInSeconds,
        }))}
        empty={<EmptyState icon={<Workflow />} title={t("empty.title")} description={t("empty.description")} />}
      />
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/card";
import { Loading, TableSkeleton } from "@/components/ui/loading";

export default function SettingsWorkflowsLoading() {
  const t = useTranslations("settings.workflows");
  return (
    <Section title={t("title")} description={t("description")}>
      <Loading>
        <TableSkeleton rows={5} columns={6} />
      </Loading>
    </Section>
  );
}

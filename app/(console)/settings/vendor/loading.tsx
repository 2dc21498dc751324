import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/card";
import { Loading, TableSkeleton } from "@/components/ui/loading";

export default function SettingsVendorLoading() {
  const t = useTranslations("vendor");
  return (
    <Section title={t("title")} description={t("description")}>
      <Loading>
        <TableSkeleton rows={3} columns={6} />
      </Loading>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/card";
import { Loading, TableSkeleton } from "@/components/ui/loading";

export default function InboxLoading() {
  const t = useTranslations("vendor");
  return (
    <Section title={t("log.title")}>
      <Loading>
        <TableSkeleton rows={6} columns={6} />
      </Loading>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/card";
import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function QuestionnairesLoading() {
  const t = useTranslations("questionnaires");
  return (
    <Section title={t("title")} description={t("description")} actions={<Skeleton className="h-8 w-44" />}>
      <Loading>
        <TableSkeleton rows={5} columns={6} />
      </Loading>
    </Section>
  );
}

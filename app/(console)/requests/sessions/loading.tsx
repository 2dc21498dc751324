import { useTranslations } from "next-intl";
import { ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function PullsLoading() {
  const t = useTranslations("requests");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("pull.description")}
      action
      rows={10}
      columns={7}
      filters={<Skeleton className="mb-3 h-8 w-72 max-w-full" />}
    />
  );
}

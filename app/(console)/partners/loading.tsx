import { useTranslations } from "next-intl";
import { ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function PartnersLoading() {
  const t = useTranslations("partners");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      action
      rows={4}
      columns={7}
      filters={<Skeleton className="mb-4 h-16.5 w-full rounded-lg max-sm:h-45.5" />}
    />
  );
}

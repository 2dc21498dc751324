import { useTranslations } from "next-intl";
import { ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function ShareTokensLoading() {
  const t = useTranslations("shareTokens");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      rows={14}
      columns={7}
      filters={
        <div className="mb-3 flex flex-wrap gap-2">
          <Skeleton className="h-8 w-48 max-w-full" />
          <Skeleton className="h-8 w-72 max-w-full" />
        </div>
      }
    />
  );
}

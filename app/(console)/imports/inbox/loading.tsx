import { useTranslations } from "next-intl";
import { ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function InboxLoading() {
  const t = useTranslations("imports");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("inbox.description")}
      action
      rows={10}
      columns={6}
      filters={<Skeleton className="mb-3 h-8 w-72 max-w-full" />}
    />
  );
}

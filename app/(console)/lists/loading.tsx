import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton } from "@/components/ui/loading";

export default function ListsLoading() {
  const t = useTranslations("lists");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      action
      rows={14}
      columns={6}
      filters={
        <div className="mb-3 flex flex-wrap gap-2">
          <FieldSkeleton className="w-44 max-sm:w-full" />
          <FieldSkeleton className="w-56 max-sm:w-full" />
        </div>
      }
    />
  );
}

import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton } from "@/components/ui/loading";

export default function AuditLoading() {
  const t = useTranslations("audit");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      rows={14}
      columns={6}
      filters={
        <div className="mb-3 flex flex-wrap gap-2">
          <FieldSkeleton className="w-56 max-sm:w-full" />
          <FieldSkeleton className="w-36 max-sm:w-full" />
          <FieldSkeleton className="w-60 max-sm:w-full" />
          <FieldSkeleton className="w-36 max-sm:flex-1" />
          <FieldSkeleton className="w-36 max-sm:flex-1" />
        </div>
      }
    />
  );
}

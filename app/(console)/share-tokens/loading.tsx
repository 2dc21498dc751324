import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton } from "@/components/ui/loading";

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
          <FieldSkeleton className="w-48 max-sm:w-full" />
          <FieldSkeleton className="w-64 max-sm:w-full" />
          <FieldSkeleton className="w-36 max-sm:w-full" />
          <FieldSkeleton className="w-56 max-sm:w-full" />
          <FieldSkeleton className="w-36 max-sm:flex-1" />
          <FieldSkeleton className="w-36 max-sm:flex-1" />
        </div>
      }
    />
  );
}

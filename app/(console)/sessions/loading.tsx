import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

const FILTERS = ["kind", "status", "origin", "partner", "workflow", "country"];

export default function SessionsLoading() {
  const t = useTranslations("sessions");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      rows={14}
      columns={8}
      filters={
        <>
          <div className="mb-3 grid grid-cols-2 gap-x-2 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
            <FieldSkeleton className="col-span-full xl:col-span-3" />
            <FieldSkeleton className="max-sm:hidden" />
            <FieldSkeleton className="max-sm:hidden" />
            <span className="max-sm:hidden" />
            {FILTERS.map((filter) => (
              <FieldSkeleton key={filter} className="max-sm:hidden" />
            ))}
          </div>
          <div className="mb-2 flex min-h-8 items-center">
            <Skeleton className="h-4 w-28" />
          </div>
        </>
      }
    />
  );
}

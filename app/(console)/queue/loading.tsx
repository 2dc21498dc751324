import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

const TILES = ["open", "unassigned", "mine", "dueSoon", "breached"];
const FILTERS = ["assignee", "priority", "due", "kind", "origin", "partner", "workflow", "country"];

export default function QueueLoading() {
  const t = useTranslations("queue");
  return (
    <ListPageSkeleton
      title={t("title")}
      description={t("description")}
      rows={14}
      columns={8}
      filters={
        <>
          <div className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5">
            {TILES.map((tile) => (
              <Skeleton key={tile} className="h-16 rounded-lg" />
            ))}
          </div>
          <div className="mb-3 grid grid-cols-2 gap-x-2 gap-y-3 max-sm:hidden sm:grid-cols-4 xl:grid-cols-8">
            {FILTERS.map((filter) => (
              <FieldSkeleton key={filter} />
            ))}
          </div>
        </>
      }
    />
  );
}

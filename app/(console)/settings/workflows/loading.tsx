import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function SettingsListLoading() {
  return (
    <Loading>
      <Skeleton className="mb-1 h-6 w-32" />
      <Skeleton className="mb-3 h-4 w-96 max-w-full" />
      <TableSkeleton rows={5} columns={6} />
    </Loading>
  );
}

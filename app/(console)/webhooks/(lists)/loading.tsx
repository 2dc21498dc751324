import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function DestinationsLoading() {
  return (
    <Loading>
      <div className="mb-3 flex h-8 items-end justify-between">
        <Skeleton className="h-6 w-36" />
        <Skeleton className="h-8 w-36" />
      </div>
      <TableSkeleton rows={6} columns={7} />
    </Loading>
  );
}

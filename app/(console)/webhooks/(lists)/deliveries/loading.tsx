import { FieldSkeleton, Loading, TableSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function DeliveriesLoading() {
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="h-24 w-full" />
      <div className="flex flex-wrap gap-2">
        <FieldSkeleton className="w-56 max-sm:hidden" />
        <FieldSkeleton className="w-60 max-sm:hidden" />
        <FieldSkeleton className="w-72 max-sm:w-full" />
        <FieldSkeleton className="w-36 max-sm:hidden" />
        <FieldSkeleton className="w-36 max-sm:hidden" />
      </div>
      <Skeleton className="h-8 w-80 max-w-full" />
      <TableSkeleton rows={14} columns={8} />
    </Loading>
  );
}

import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function OrganisationLoading() {
  return (
    <Loading className="flex flex-col gap-6">
      <div className="flex max-w-3xl flex-col gap-4 rounded-lg border border-border bg-surface p-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </div>
      <TableSkeleton rows={3} columns={5} />
    </Loading>
  );
}

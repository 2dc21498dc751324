import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Page } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

/** For a screen about one destination or one delivery. */
export function DetailSkeleton() {
  return (
    <Page>
      <Loading className="flex flex-col">
        <Skeleton className="mb-3 h-4 w-48" />
        <Skeleton className="mb-2 h-7 w-72 max-w-full" />
        <Skeleton className="mb-6 h-5 w-56" />
        <Skeleton className="mb-5 h-40 w-full" />
        <TableSkeleton rows={8} columns={6} />
      </Loading>
    </Page>
  );
}

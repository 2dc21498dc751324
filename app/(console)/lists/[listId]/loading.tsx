import { Loading, TableSkeleton } from "@/components/ui/loading";
import { Page } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function ListLoading() {
  return (
    <Page>
      <Loading className="flex flex-col">
        <Skeleton className="mb-3 h-4 w-48" />
        <Skeleton className="mb-2 h-7 w-72 max-w-full" />
        <Skeleton className="mb-6 h-5 w-56" />
        <Skeleton className="mb-5 h-9 w-full" />
        <TableSkeleton rows={8} columns={6} />
      </Loading>
    </Page>
  );
}

import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function OperationLoading() {
  return (
    <Loading>
      <Skeleton className="mb-2 h-6 w-72 max-w-full" />
      <Skeleton className="mb-5 h-5 w-96 max-w-full" />
      <div className="grid items-start gap-5 2xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </Loading>
  );
}

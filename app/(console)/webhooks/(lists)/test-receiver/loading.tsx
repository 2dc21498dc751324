import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function TestReceiverLoading() {
  return (
    <Loading className="grid items-start gap-4 xl:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <Skeleton className="h-80 w-full" />
      <Skeleton className="h-80 w-full" />
    </Loading>
  );
}

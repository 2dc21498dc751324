import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function IntegrateLoading() {
  return (
    <Loading>
      <Skeleton className="mb-3 h-6 w-64" />
      <div className="mb-3 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {["side", "language", "stack", "partner"].map((name) => (
          <Skeleton key={name} className="h-14" />
        ))}
      </div>
      <Skeleton className="h-96" />
    </Loading>
  );
}

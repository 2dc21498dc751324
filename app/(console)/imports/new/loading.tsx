import { Loading } from "@/components/ui/loading";
import { Page } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function RedeemLoading() {
  return (
    <Page width="narrow">
      <Loading>
        <Skeleton className="mb-3 h-4 w-40" />
        <Skeleton className="mb-2 h-7 w-48" />
        <Skeleton className="mb-5 h-4 w-96 max-w-full" />
        <Skeleton className="mb-1.5 h-4 w-24" />
        <Skeleton className="h-24 w-full" />
      </Loading>
    </Page>
  );
}

import { Loading } from "@/components/ui/loading";
import { Page } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

const lines = ["a", "b", "c", "d", "e"];

export default function ShareTokenLoading() {
  return (
    <Page>
      <Loading>
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-3 h-6 w-48 max-w-full" />
        <Skeleton className="mt-3 h-5 w-40" />
        <div className="mt-6 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          {["history", "about"].map((card) => (
            <div key={card} className="flex flex-col gap-3 rounded-lg border border-border bg-surface p-4">
              <Skeleton className="h-5 w-40" />
              {lines.map((line) => (
                <Skeleton key={line} className="h-4 w-full" />
              ))}
            </div>
          ))}
        </div>
      </Loading>
    </Page>
  );
}

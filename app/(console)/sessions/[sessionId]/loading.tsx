import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

const lines = ["a", "b", "c", "d", "e", "f"];

function Block() {
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-border bg-surface p-4">
      <Skeleton className="h-5 w-40" />
      {lines.map((line) => (
        <Skeleton key={line} className="h-4 w-full" />
      ))}
    </div>
  );
}

export default function LoadingSession() {
  return (
    <Loading>
      <div className="border-border border-b px-4 py-2.5 sm:px-6">
        <div className="mx-auto flex max-w-[100rem] flex-wrap items-center justify-between gap-3">
          <div>
            <Skeleton className="h-6 w-56" />
            <Skeleton className="mt-1.5 h-4 w-72 max-w-full" />
          </div>
          <div className="flex gap-2">
            <Skeleton className="h-8 w-24" />
            <Skeleton className="h-8 w-24" />
            <Skeleton className="h-8 w-28" />
          </div>
        </div>
      </div>
      <div className="mx-auto flex w-full max-w-[110rem] flex-col gap-4 px-4 py-4 sm:px-6">
        <div className="flex gap-2 overflow-hidden">
          {lines.map((line) => (
            <Skeleton key={line} className="h-8 w-32 shrink-0" />
          ))}
        </div>
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(24rem,42%)] xl:gap-x-6">
          <div className="flex min-w-0 flex-col gap-4">
            <Block />
            <Block />
          </div>
          <Block />
        </div>
      </div>
    </Loading>
  );
}

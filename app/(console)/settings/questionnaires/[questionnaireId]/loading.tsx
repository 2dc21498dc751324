import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function QuestionnaireLoading() {
  return (
    <Loading className="grid max-w-6xl items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      {["form", "facts"].map((part) => (
        <div key={part} className="flex flex-col gap-4 rounded-lg border border-border bg-surface p-4">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      ))}
    </Loading>
  );
}

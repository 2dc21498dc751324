import { useTranslations } from "next-intl";
import { FieldSkeleton, ListPageSkeleton, Loading, TableSkeleton } from "@/components/ui/loading";
import { Page } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import type { SessionKind } from "@/domain/sessions/rules";

const FILTERS = ["status", "country", "from", "to"];

export function EntitiesSkeleton({ kind }: { kind: SessionKind }) {
  const t = useTranslations("entities");
  return (
    <ListPageSkeleton
      title={t(`${kind}.title`)}
      description={t(`${kind}.description`)}
      action
      rows={14}
      columns={7}
      filters={
        <>
          <div className="mb-3 grid grid-cols-2 gap-x-2 gap-y-3 sm:grid-cols-3 xl:grid-cols-7">
            <FieldSkeleton className="col-span-full xl:col-span-2" />
            {FILTERS.map((filter) => (
              <FieldSkeleton key={filter} className="max-sm:hidden" />
            ))}
          </div>
          <div className="mb-2 flex min-h-8 items-center">
            <Skeleton className="h-4 w-28" />
          </div>
        </>
      }
    />
  );
}

export function EntitySkeleton() {
  return (
    <Page>
      <Loading className="flex flex-col">
        <Skeleton className="mb-3 h-4 w-48" />
        <Skeleton className="mb-2 h-7 w-72 max-w-full" />
        <Skeleton className="mb-6 h-5 w-56" />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <TableSkeleton rows={8} columns={5} />
          <Skeleton className="h-80 w-full" />
        </div>
      </Loading>
    </Page>
  );
}

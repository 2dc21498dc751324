"use client";

import { Building2, RotateCw, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import type { ComboboxOption } from "@/components/ui/combobox";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { Pagination } from "@/components/ui/pagination";
import { StaleNotice } from "@/components/ui/stale-notice";
import type { SessionKind } from "@/domain/sessions/rules";
import { cn } from "@/lib/cn";
import { LoadError } from "@/lib/use-fresh-list";
import { ExportMenu } from "../exports/export-menu";
import { CreateEntity } from "./create-entity";
import { entityColumns } from "./entity-columns";
import { EntityFilters } from "./entity-filters";
import { entityHref } from "./href";
import { activeFilters, serializeSearchParams } from "./search-params";
import { type InitialEntities, useEntities } from "./use-entities";

type Props = {
  kind: SessionKind;
  applicationId: string;
  mayWrite: boolean;
  initial: InitialEntities;
  featureNames: Record<string, string>;
  countries: ComboboxOption[];
};

export function EntitiesScreen({ kind, applicationId, mayWrite, initial, featureNames, countries }: Props) {
  const t = useTranslations("entities");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const tStatus = useTranslations("statuses.feature");
  const locale = useLocale();
  const { search, setSearch, words, searchFor, list } = useEntities(applicationId, kind, initial);
  const columns = useMemo(
    () => entityColumns({ kind, t, tStatus, locale, featureNames }),
    [kind, t, tStatus, locale, featureNames],
  );
  const rows = list.data?.rows ?? [];
  const active = activeFilters(search);
  const Icon = kind === "business" ? Building2 : UserRound;
  const code = list.error instanceof LoadError ? list.error.code : "unexpected";
  const shown = list.data ? t(`shown.${kind}`, { count: rows.length }) : "";

  const clear = () => setSearch(null);
  const turn = (after: string | null) =>
    after === null
      ? null
      : {
          onPress: () => {
            setSearch({ after: after || null });
            window.scrollTo({ top: 0 });
          },
        };

  return (
    <>
      <EntityFilters
        kind={kind}
        search={search}
        onChange={setSearch}
        words={words}
        onSearch={searchFor}
        onClear={clear}
        active={active}
        countries={countries}
      />
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <p className="text-muted text-sm tabular-nums">{shown}</p>
        <LiveRegion>{list.isPlaceholderData ? "" : shown}</LiveRegion>
        <div className="flex items-center gap-2">
          <ExportMenu
            size="sm"
            applicationId={applicationId}
            list={kind === "user" ? "users" : "businesses"}
            query={serializeSearchParams({ ...search, search: null })}
            words={words}
          />
          <IconButton
            label={tCommon("refresh")}
            icon={<RotateCw className={cn(list.isFetching && "animate-spin")} />}
            onClick={() => list.refetch()}
          />
        </div>
      </div>
      {list.isError && list.data && <StaleNotice code={code} />}
      {list.isError && !list.data ? (
        <div className="rounded-lg border border-border bg-surface">
          <ErrorState
            description={tErrors(code)}
            onRetry={() => list.refetch()}
            retrying={list.isFetching}
            actions={
              code === "unauthenticated" && (
                <Button asChild>
                  <Link href="/sign-in">{t("signIn")}</Link>
                </Button>
              )
            }
          />
        </div>
      ) : (
        <DataTable
          label={t(`${kind}.title`)}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.name ?? row.vendorData}
          rowHref={(row) => entityHref(kind, row.id)}
          loading={list.isPending}
          skeletonRows={12}
          className={cn("transition-opacity", list.isPlaceholderData && "opacity-60")}
          empty={
            active > 0 ? (
              <EmptyState
                title={t(`noMatch.${kind}`)}
                description={t("noMatch.description")}
                actions={<Button onClick={clear}>{t("noMatch.clear")}</Button>}
              />
            ) : (
              <EmptyState
                icon={<Icon />}
                title={t(`empty.${kind}`)}
                description={t("empty.description")}
                actions={mayWrite && <CreateEntity kind={kind} applicationId={applicationId} />}
              />
            )
          }
        />
      )}
      {list.data && (list.data.newer !== null || list.data.older !== null) && (
        <div className="mt-3">
          <Pagination newer={turn(list.data.newer)} older={turn(list.data.older)} />
        </div>
      )}
    </>
  );
}

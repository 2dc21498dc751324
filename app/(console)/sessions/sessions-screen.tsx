"use client";

import { RotateCw, Share2, UsersRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { MintDialog, type MintSession } from "@/components/share-tokens/mint-dialog";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { Pagination } from "@/components/ui/pagination";
import { SelectionBar } from "@/components/ui/selection-bar";
import { StaleNotice } from "@/components/ui/stale-notice";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import { LoadError } from "@/lib/use-fresh-list";
import { ExportMenu } from "../exports/export-menu";
import type { SessionItem } from "./load";
import { activeFilters, serializeSearchParams } from "./search-params";
import { sessionColumns } from "./session-columns";
import { type FilterOptions, SessionFilters } from "./session-filters";
import { type InitialSessions, useSessions } from "./use-sessions";

type Props = {
  applicationId: string;
  mayShare: boolean;
  initial: InitialSessions;
  featureNames: Record<string, string>;
  options: FilterOptions;
};

const asMintSession = ({ id, number, kind, name, status, features }: SessionItem): MintSession => ({
  id,
  number,
  kind,
  name,
  status,
  features: features.map(({ feature }) => feature),
});

export function SessionsScreen({ applicationId, mayShare, initial, featureNames, options }: Props) {
  const t = useTranslations("sessions");
  const tCommon = useTranslations("common");
  const tStatus = useTranslations("statuses.feature");
  const locale = useLocale();
  const { search, setSearch, words, searchFor, list } = useSessions(applicationId, initial);
  const [selected, setSelected] = useState<ReadonlyMap<string, MintSession>>(new Map());
  const [sharing, setSharing] = useState<readonly MintSession[] | null>(null);
  const [minted, setMinted] = useState(false);
  const columns = useMemo(
    () => sessionColumns({ t, tStatus, locale, featureNames }),
    [t, tStatus, locale, featureNames],
  );

  const rows = list.data?.rows ?? [];
  const filters = activeFilters(search);
  const clear = () => setSearch(null);

  /** Remembers what a row said when it was chosen, since it may be on another page by the time it is shared. */
  function select(ids: Set<string>) {
    const here = new Map(rows.map((row) => [row.id, asMintSession(row)]));
    setSelected(new Map([...ids].flatMap((id) => entryOf(id, here.get(id) ?? selected.get(id)))));
  }

  function share() {
    const here = new Map(rows.map((row) => [row.id, asMintSession(row)]));
    setMinted(false);
    setSharing([...selected.values()].map((session) => here.get(session.id) ?? session));
  }

  const count = list.data
    ? t(list.data.exact ? "count" : "countMore", {
        count: list.data.count,
        shown: formatNumber(list.data.count, locale),
      })
    : "";
  const code = list.error instanceof LoadError ? list.error.code : "unexpected";

  return (
    <>
      <SessionFilters
        search={search}
        words={words}
        onChange={setSearch}
        onSearch={searchFor}
        onClear={clear}
        active={filters}
        options={options}
      />
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <p className="text-muted text-sm tabular-nums" data-count>
          {count}
        </p>
        <LiveRegion>{list.isPlaceholderData ? "" : count}</LiveRegion>
        <div className="flex items-center gap-2">
          <ExportMenu
            size="sm"
            applicationId={applicationId}
            list="sessions"
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
            description={<Problem code={code} />}
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
          label={t("title")}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => `#${row.number} ${row.name ?? t("unnamed")}`}
          rowHref={(row) => `/sessions/${row.id}`}
          {...(mayShare ? { selected: new Set(selected.keys()), onSelectedChange: select } : {})}
          loading={list.isPending}
          skeletonRows={12}
          className={cn("transition-opacity", list.isPlaceholderData && "opacity-60")}
          empty={
            filters > 0 ? (
              <EmptyState
                title={t("noMatch.title")}
                description={t("noMatch.description")}
                actions={<Button onClick={clear}>{t("noMatch.clear")}</Button>}
              />
            ) : (
              <EmptyState icon={<UsersRound />} title={t("empty.title")} description={t("empty.description")} />
            )
          }
        />
      )}
      {list.data && (list.data.newer !== null || list.data.older !== null) && (
        <div className="mt-3">
          <Pagination
            newer={turn(list.data.newer, (after) => setSearch({ after, before: null }))}
            older={turn(list.data.older, (before) => setSearch({ before, after: null }))}
          />
        </div>
      )}
      <SelectionBar count={selected.size} onClear={() => setSelected(new Map())}>
        <Button variant="primary" icon={<Share2 aria-hidden />} onClick={share}>
          {t("share", { count: selected.size })}
        </Button>
      </SelectionBar>
      <MintDialog
        sessions={sharing ?? []}
        open={sharing !== null}
        onOpenChange={(open) => {
          if (open) return;
          setSharing(null);
          if (minted) setSelected(new Map());
        }}
        onMinted={() => setMinted(true)}
      />
    </>
  );
}

const entryOf = (id: string, session: MintSession | undefined): [string, MintSession][] =>
  session ? [[id, session]] : [];

function turn(number: number | null, go: (number: number) => unknown) {
  if (number === null) return null;
  return {
    onPress: () => {
      go(number);
      window.scrollTo({ top: 0 });
    },
  };
}

function Problem({ code }: { code: LoadError["code"] }) {
  return useTranslations("errors.code")(code);
}

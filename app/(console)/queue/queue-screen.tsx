"use client";

import { Download, Keyboard, RotateCw, UserCheck } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { takeNextAction } from "@/components/decisions/actions";
import { useShortcuts, useShortcutsHelp, useShortcutsOn } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectionBar } from "@/components/ui/selection-bar";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { CASES_AT_ONCE, type CaseSort } from "@/domain/cases/rules";
import type { SavedView } from "@/domain/cases/views";
import type { DecisionReasons } from "@/domain/decision-reasons/rules";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import { useAct } from "@/lib/use-act";
import { LoadError } from "@/lib/use-fresh-list";
import { assignAction } from "./actions";
import { type BulkAct, BulkDialog } from "./bulk-dialog";
import { DisplayMenu } from "./display-menu";
import { ExportDialog } from "./export-dialog";
import type { QueueItem } from "./load";
import { type Preferences, QUEUE_COOKIE, spellPreferences } from "./preferences";
import { queueColumns } from "./queue-columns";
import { QueueCounts } from "./queue-counts";
import { type FilterOptions, QueueFilters } from "./queue-filters";
import { activeFilters, filterOf, orderOf, queryOf } from "./search-params";
import { type InitialQueue, useQueue } from "./use-queue";
import { ViewsMenu } from "./views-menu";

type Props = {
  applicationId: string;
  memberId: string;
  mayDecide: boolean;
  mayDeleteShared: boolean;
  initial: InitialQueue;
  preferences: Preferences;
  views: readonly SavedView[];
  /** What decisions may give as their reason. */
  reasons: DecisionReasons;
  options: FilterOptions;
};

const ROW = "tr[data-row-id]";
const rowsInSight = () => [...document.querySelectorAll<HTMLElement>(ROW)];
const focusRow = (row: HTMLElement | undefined) => {
  row?.querySelector<HTMLElement>("[data-row-link]")?.focus();
  row?.scrollIntoView({ block: "nearest" });
};

export function QueueScreen({
  applicationId,
  memberId,
  mayDecide,
  mayDeleteShared,
  initial,
  preferences: given,
  views,
  reasons,
  options,
}: Props) {
  const t = useTranslations("queue");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const locale = useLocale();
  const router = useRouter();
  const { search, setSearch, list } = useQueue(applicationId, initial);
  const { run, busy } = useAct(applicationId, "queue");
  const [selected, setSelected] = useState<ReadonlyMap<string, QueueItem>>(new Map());
  const [bulk, setBulk] = useState<{ act: BulkAct; items: QueueItem[] } | null>(null);
  const [exporting, setExporting] = useState<"all" | "selected" | null>(null);
  const [preferences, setPreferences] = useState(given);
  const columns = useMemo(
    () => queueColumns(t, locale, memberId, preferences.hidden),
    [t, locale, memberId, preferences.hidden],
  );

  const rows = list.data?.rows ?? [];
  const active = activeFilters(search);
  const order = orderOf(search);
  const clear = () =>
    setSearch({ ...Object.fromEntries(Object.keys(search).map((name) => [name, null])), sort: search.sort });
  const chosen = [...selected.values()];
  const tooMany = chosen.length > CASES_AT_ONCE;

  function prefer(next: Preferences) {
    setPreferences(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser yet
    document.cookie = `${QUEUE_COOKIE}=${spellPreferences(next)}; path=/; max-age=31536000; samesite=lax`;
  }

  /** What is selected stays selected on the next page; what it said is kept, and refreshed while it is in sight. */
  function select(ids: Set<string>) {
    const here = new Map(rows.map((row) => [row.id, row]));
    setSelected(
      new Map(
        [...ids].flatMap((id): [string, QueueItem][] => {
          const item = here.get(id) ?? selected.get(id);
          return item ? [[id, item]] : [];
        }),
      ),
    );
  }
  const fresh = (items: readonly QueueItem[]) => items.map((item) => rows.find((row) => row.id === item.id) ?? item);

  async function takeNext() {
    const { assignee: _, ...filter } = filterOf(search) ?? {};
    const taken = await run(() => takeNextAction({ filter }), { leads: true });
    if (!taken) return;
    if (!taken.data) return toast.info(t(active > 0 ? "nothingOfThese" : "nothingNext"));
    toast.success(t("taken", { number: String(taken.data.number) }));
    router.push(`/sessions/${taken.data.sessionId}`);
  }

  /** The row that has the focus, or those that are selected. */
  function meant(): QueueItem[] {
    if (chosen.length > 0) return fresh(chosen);
    const id = document.activeElement?.closest<HTMLElement>(ROW)?.dataset.rowId;
    return rows.filter((row) => row.id === id);
  }

  async function assignToMe() {
    const items = meant();
    if (items.length === 0 || items.length > CASES_AT_ONCE) return;
    const done = await run(() => assignAction({ sessionIds: items.map((item) => item.id), assignee: "me" }));
    if (done) toast.success(t("assignedToMe", { count: done.data.changed }));
    else toast.error(tError("unexpected"));
  }

  const open = (act: BulkAct, items = fresh(chosen)) =>
    items.length > 0 && items.length <= CASES_AT_ONCE && setBulk({ act, items });

  const [keysOn] = useShortcutsOn();
  const showKeys = useShortcutsHelp();
  useShortcuts([
    ...(mayDecide
      ? [
          { key: "n", label: t("keys.next"), run: () => void takeNext() },
          { key: "a", label: t("keys.mine"), run: () => void assignToMe() },
          { key: "d", label: t("keys.decide"), run: () => void open("decide", meant()) },
        ]
      : []),
    { key: "j", label: t("keys.down"), run: () => focusRow(rowsInSight()[0]) },
    { key: "k", label: t("keys.up"), run: () => focusRow(rowsInSight().at(-1)) },
    // The table itself minds it where a row has the focus.
    { key: "x", label: t("keys.select"), run: () => {} },
  ]);

  // A row may go while it has the focus, since a colleague has decided it: whoever stood on it then stands on the next.
  const place = useRef<{ id: string; index: number } | null>(null);
  useEffect(() => {
    const stood = place.current;
    if (!stood || document.activeElement !== document.body || rows.some((row) => row.id === stood.id)) return;
    focusRow(rowsInSight()[Math.min(stood.index, rows.length - 1)]);
  }, [rows]);

  const count = list.data
    ? t(list.data.exact ? "count" : "countMore", {
        count: list.data.count,
        shown: formatNumber(list.data.count, locale),
      })
    : "";
  const code = list.error instanceof LoadError ? list.error.code : "unexpected";
  const counts = list.data?.counts ?? initial.answer.counts;

  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ViewsMenu
              applicationId={applicationId}
              views={views}
              query={queryOf(search)}
              mayDeleteShared={mayDeleteShared}
            />
            <DisplayMenu preferences={preferences} onChange={prefer} />
            <Button icon={<Download aria-hidden />} aria-haspopup="dialog" onClick={() => setExporting("all")}>
              {t("export.label")}
            </Button>
            {mayDecide && (
              <Button
                variant="primary"
                icon={<UserCheck aria-hidden />}
                loading={busy}
                aria-keyshortcuts={keysOn ? "n" : undefined}
                onClick={takeNext}
              >
                {t(active > 0 ? "takeNextOfThese" : "takeNext")}
              </Button>
            )}
          </>
        }
      />
      <QueueCounts counts={counts} search={search} />
      <QueueFilters search={search} onChange={setSearch} onClear={clear} active={active} options={options} />
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <p className="text-muted text-sm tabular-nums" data-count>
          {count}
        </p>
        <LiveRegion>{list.isPlaceholderData ? "" : count}</LiveRegion>
        <div className="flex gap-1">
          <IconButton label={t("keys.title")} icon={<Keyboard />} onClick={showKeys} />
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
            description={tError(code)}
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
        // biome-ignore lint/a11y/noStaticElementInteractions: it only remembers where the focus is
        <div
          onFocus={({ target }) => {
            const id = target.closest<HTMLElement>(ROW)?.dataset.rowId;
            place.current = id ? { id, index: rows.findIndex((row) => row.id === id) } : null;
          }}
        >
          <DataTable
            label={t("title")}
            columns={columns}
            rows={rows}
            rowId={(row) => row.id}
            rowName={(row) => `#${row.number} ${row.name ?? t("unnamed")}`}
            rowHref={(row) => `/sessions/${row.id}`}
            selected={new Set(selected.keys())}
            onSelectedChange={select}
            sort={{ id: order.sort, direction: order.direction }}
            onSortChange={({ id }) =>
              setSearch({
                sort: id as CaseSort,
                direction: id === order.sort && order.direction === "asc" ? "desc" : "asc",
                after: null,
              })
            }
            loading={list.isPending}
            skeletonRows={12}
            className={cn(
              "transition-opacity",
              list.isPlaceholderData && "opacity-60",
              preferences.density === "compact" && "[&_td]:h-8 [&_td]:py-0.5",
            )}
            empty={
              active > 0 ? (
                <EmptyState
                  title={t("noMatch.title")}
                  description={t("noMatch.description")}
                  actions={<Button onClick={clear}>{t("noMatch.clear")}</Button>}
                />
              ) : (
                <EmptyState icon={<UserCheck />} title={t("empty.title")} description={t("empty.description")} />
              )
            }
          />
        </div>
      )}
      {list.data && (list.data.newer !== null || list.data.older !== null) && (
        <div className="mt-3">
          <Pagination
            newer={turn(list.data.newer, (after) => setSearch({ after: after || null }))}
            older={turn(list.data.older, (after) => setSearch({ after }))}
          />
        </div>
      )}
      <SelectionBar count={chosen.length} onClear={() => setSelected(new Map())}>
        {tooMany && <span className="text-sm">{t("bulk.tooMany", { count: CASES_AT_ONCE })}</span>}
        {mayDecide && !tooMany && (
          <>
            <Button variant="primary" aria-haspopup="dialog" onClick={() => open("decide")}>
              {t("bulk.open.decide")}
            </Button>
            {(["assign", "unassign", "priority"] as const).map((act) => (
              <Button key={act} aria-haspopup="dialog" onClick={() => open(act)}>
                {t(`bulk.open.${act}`)}
              </Button>
            ))}
          </>
        )}
        {!tooMany && (
          <Button aria-haspopup="dialog" onClick={() => setExporting("selected")}>
            {t("export.label")}
          </Button>
        )}
      </SelectionBar>
      {bulk && (
        <BulkDialog
          act={bulk.act}
          applicationId={applicationId}
          items={bulk.items}
          assignees={options.assignees}
          reasons={reasons}
          onClose={() => {
            setBulk(null);
            // What opened the dialog goes with the selection; the keyboard must not be left nowhere.
            setTimeout(() => document.activeElement === document.body && focusRow(rowsInSight()[0]));
          }}
          onDone={() => setSelected(new Map())}
        />
      )}
      {exporting && list.data && (
        <ExportDialog
          query={exporting === "all" ? queryOf(search) : { sessions: chosen.map((item) => item.id).join(",") }}
          count={exporting === "all" ? list.data.count : chosen.length}
          exact={exporting === "selected" || list.data.exact}
          onClose={() => setExporting(null)}
        />
      )}
    </>
  );
}

function turn(trail: string | null, go: (trail: string) => unknown) {
  if (trail === null) return null;
  return {
    onPress: () => {
      go(trail);
      window.scrollTo({ top: 0 });
    },
  };
}

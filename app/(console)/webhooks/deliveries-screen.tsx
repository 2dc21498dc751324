"use client";

import { Radio, Send, Webhook } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Pagination } from "@/components/ui/pagination";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SelectionBar } from "@/components/ui/selection-bar";
import { StaleNotice } from "@/components/ui/stale-notice";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { COUNT_CEILING, DELIVERY_STATES, type DeliveryState } from "@/domain/webhooks/rules";
import { cn } from "@/lib/cn";
import { resendSelectedAction } from "./actions";
import { useWebhooks } from "./context";
import { useDeliveryColumns } from "./delivery-columns";
import { DeliveryFilters } from "./delivery-filters";
import type { DeliveryItem, DestinationItem } from "./items";
import type { DeliveriesAnswer } from "./load";
import { activeFilters, type DeliverySearch, deliverySearchParams, serializeSearchParams } from "./search-params";
import { useAct, useRefusal } from "./use-act";
import { type Rendered, useFresh } from "./use-fresh";

const EVERY_MS = 3_000;
const ALL = "all";

export type InitialDeliveries = Rendered<DeliveriesAnswer> & { search: DeliverySearch };

/** The log, of all destinations or of one, kept fresh. */
export function DeliveriesScreen({
  initial,
  destinations,
  destination,
}: {
  initial: InitialDeliveries;
  destinations?: readonly Pick<DestinationItem, "id" | "label" | "url">[];
  /** On its own page. */
  destination?: DestinationItem;
}) {
  const t = useTranslations("webhooks.deliveries");
  const errors = useTranslations("errors.code");
  const { mayWrite } = useWebhooks();
  const [live, setLive] = useState(true);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { search, setSearch, list } = useDeliveries(initial, destination?.id, live);
  const columns = useDeliveryColumns({ withDestination: !destination, isPaused: destination?.state === "paused" });
  const rows = list.data?.rows ?? [];
  const isFiltered = activeFilters(search, destination !== undefined) > 0 || search.state !== null;
  const turn = (change: Partial<DeliverySearch>) => () => {
    void setSearch({ older: null, newer: null, ...change });
    window.scrollTo({ top: 0 });
  };

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <DeliveryFilters
        search={search}
        onChange={setSearch}
        destinations={
          destination
            ? null
            : (destinations ?? []).map(({ id, label, url }) => ({
                value: id,
                label,
                description: url,
                keywords: [url],
              }))
        }
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <StateChoice
          value={search.state}
          onChange={(state) => setSearch({ state, older: null, newer: null })}
          counts={list.data?.counts}
        />
        <div className="flex items-center gap-2">
          <Radio aria-hidden className={cn("size-4", live ? "text-success" : "text-muted")} />
          <Switch aria-label={t("liveHint")} checked={live} onCheckedChange={setLive} />
          <span aria-hidden title={t("liveHint")} className="text-sm">
            {t("live")}
          </span>
        </div>
      </div>
      {list.data && list.problem && <StaleNotice code={list.problem} />}
      {list.isError && !list.data ? (
        <div className="rounded-lg border border-border bg-surface">
          <ErrorState
            description={errors(list.problem ?? "unexpected")}
            onRetry={() => list.refetch()}
            retrying={list.isFetching}
          />
        </div>
      ) : (
        <DataTable
          label={t("label")}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => t("select", { event: row.type, id: row.eventId.slice(0, 8) })}
          rowHref={(row) => `/webhooks/deliveries/${row.id}`}
          {...(mayWrite
            ? {
                selected,
                onSelectedChange: setSelected,
                canSelect: (row: DeliveryItem) => row.state !== "pending" && row.destination.kind === "push",
              }
            : {})}
          loading={list.isPending}
          className={cn("transition-opacity", list.isPlaceholderData && "opacity-60")}
          empty={
            isFiltered ? (
              <EmptyState
                title={t("noMatch.title")}
                description={t("noMatch.description")}
                actions={<Button onClick={() => setSearch(null)}>{t("noMatch.clear")}</Button>}
              />
            ) : (
              <EmptyState icon={<Webhook />} title={t("empty.title")} description={t("empty.description")} />
            )
          }
        />
      )}
      {list.data && (list.data.newer !== null || list.data.older !== null) && (
        <Pagination
          summary={t("kept")}
          newer={list.data.newer === null ? null : { onPress: turn({ newer: list.data.newer }) }}
          older={list.data.older === null ? null : { onPress: turn({ older: list.data.older }) }}
        />
      )}
      <ResendSelection selected={selected} onClear={() => setSelected(new Set())} />
    </div>
  );
}

/** The page behind the current address; the rows of the last address stay until the new ones are there. */
function useDeliveries(initial: InitialDeliveries, destinationId: string | undefined, live: boolean) {
  const [search, setSearch] = useQueryStates(deliverySearchParams, { history: "push", scroll: false });
  const asked = { ...search, ...(destinationId && { destination: destinationId }) };
  const query = serializeSearchParams(asked);
  const list = useFresh<DeliveriesAnswer>({
    path: "deliveries",
    query,
    everyMs: live ? EVERY_MS : null,
    rendered: initial,
    renderedQuery: serializeSearchParams(initial.search),
  });
  return { search, setSearch, list };
}

function StateChoice({
  value,
  onChange,
  counts,
}: {
  value: DeliveryState | null;
  onChange: (state: DeliveryState | null) => unknown;
  counts: DeliveriesAnswer["counts"] | undefined;
}) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const shown = ({ count, exact }: { count: number; exact: boolean }) =>
    exact ? format.number(count) : t("unlimited", { count: format.number(COUNT_CEILING) });
  return (
    <SegmentedControl
      label={t("deliveries.count.label")}
      value={value ?? ALL}
      onValueChange={(next) => onChange(next === ALL ? null : next)}
      options={[
        { value: ALL, label: t("deliveries.count.all") },
        ...DELIVERY_STATES.map((state) => ({
          value: state,
          label: (
            <>
              {t(`deliveryState.${state}`)}
              {counts && (
                <span
                  className={cn(
                    "font-normal tabular-nums",
                    state === "failed" && counts.failed.count > 0 ? "text-danger" : "text-muted",
                  )}
                >
                  {shown(counts[state])}
                </span>
              )}
            </>
          ),
        })),
      ]}
    />
  );
}

function ResendSelection({ selected, onClear }: { selected: ReadonlySet<string>; onClear: () => void }) {
  const t = useTranslations("webhooks.deliveries");
  const sentence = useRefusal();
  const { run, busy, failure, forget } = useAct();
  const count = selected.size;

  async function resend() {
    const done = await run(() => resendSelectedAction({ deliveryIds: [...selected] }));
    if (!done) return;
    const { data } = done;
    const show = data.count > 0 ? toast.success : toast.warning;
    show(t("resent", { count: data.count }), {
      description: data.left > 0 ? t("resentLeft", { count: data.left }) : t("resentText"),
    });
    onClear();
  }

  return (
    <>
      {failure && count > 0 && (
        <Callout tone="danger" announce>
          {sentence(failure)}
        </Callout>
      )}
      <SelectionBar
        count={count}
        onClear={() => {
          forget();
          onClear();
        }}
      >
        <Button variant="primary" icon={<Send aria-hidden />} loading={busy} onClick={resend}>
          {t("resend", { count })}
        </Button>
      </SelectionBar>
    </>
  );
}

"use client";

import { Webhook } from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/card";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleNotice } from "@/components/ui/stale-notice";
import { toast } from "@/components/ui/toast";
import { formatPercent } from "@/lib/format";
import { updateDestinationAction } from "../actions";
import { DestinationBadge } from "../badges";
import { useWebhooks } from "../context";
import { CreateDestination } from "../create-destination";
import { successOf } from "../destination-health";
import type { DestinationItem } from "../items";
import { useAct, useRefusal } from "../use-act";
import { type Rendered, useFresh } from "../use-fresh";

const EVERY_MS = 5_000;

export function DestinationsScreen({ initial }: { initial: Rendered<DestinationItem[]> }) {
  const t = useTranslations("webhooks");
  const { mayWrite, environment } = useWebhooks();
  const list = useFresh<DestinationItem[]>({ path: "destinations", everyMs: EVERY_MS, rendered: initial });
  const rows = list.data ?? [];
  const columns = useColumns();
  return (
    <Section title={t("tab.destinations")} actions={mayWrite && <CreateDestination />}>
      {list.problem && <StaleNotice code={list.problem} />}
      {rows
        .filter(({ disabledReason }) => disabledReason === "failing" || disabledReason === "gone")
        .map((destination) => (
          <DisabledNotice key={destination.id} destination={destination} />
        ))}
      <DataTable
        label={t("list.label")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.label}
        rowHref={(row) => `/webhooks/${row.id}`}
        empty={
          <EmptyState
            icon={<Webhook />}
            title={t("list.empty.title")}
            description={
              <>
                {t("list.empty.description")}
                {environment === "sandbox" && (
                  <>
                    {" "}
                    <Link
                      href="/webhooks/test-receiver"
                      className="text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
                    >
                      {t("list.empty.sandbox")}
                    </Link>
                  </>
                )}
              </>
            }
          />
        }
      />
    </Section>
  );
}

/** Switched off by us: that must not be found out by chance. */
function DisabledNotice({ destination }: { destination: DestinationItem }) {
  const t = useTranslations("webhooks");
  const { mayWrite } = useWebhooks();
  const sentence = useRefusal();
  const { run, busy, failure } = useAct();
  const { id, label, disabledReason } = destination;

  async function enable() {
    if (await run(() => updateDestinationAction({ destinationId: id, enabled: true })))
      toast.success(t("destination.done.enabled", { label }));
  }

  return (
    <Callout
      tone="danger"
      title={t("disabled.title", { label })}
      actions={
        <>
          <Button asChild size="sm">
            <Link href={`/webhooks/${id}`}>{t("disabled.open")}</Link>
          </Button>
          {mayWrite && (
            <Button size="sm" loading={busy} onClick={enable}>
              {t("disabled.enable")}
            </Button>
          )}
        </>
      }
    >
      {t(`disabled.${disabledReason ?? "by_member"}`)}
      {failure && (
        <p role="alert" className="mt-1 text-danger">
          {sentence(failure)}
        </p>
      )}
    </Callout>
  );
}

function useColumns(): DataTableColumn<DestinationItem>[] {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const locale = useLocale();
  return useMemo(
    () => [
      {
        id: "destination",
        header: t("column.destination"),
        minSize: 240,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="grid min-w-0 py-0.5">
            <span className="truncate">{original.label}</span>
            <span title={original.url} className="truncate font-mono font-normal text-muted text-xs">
              {original.url}
            </span>
          </span>
        ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 185,
        cell: ({ row: { original } }) => <DestinationBadge {...original} />,
      },
      {
        id: "events",
        header: t("column.events"),
        size: 125,
        cell: ({ row: { original } }) => (
          <Lines
            first={
              <span title={original.events.join("\n")}>{t("list.eventsCount", { count: original.events.length })}</span>
            }
            second={<span className="font-mono">{original.version}</span>}
          />
        ),
      },
      {
        id: "success",
        header: t("column.success"),
        size: 120,
        cell: ({ row: { original } }) => {
          const success = successOf(original);
          if (success === null) return <span className="text-muted">{t("list.neverTried")}</span>;
          return (
            <Lines
              first={
                <span className={success < 0.95 ? "font-medium text-danger" : undefined}>
                  {formatPercent(success, locale)}
                </span>
              }
              second={t("list.attempts", { count: original.attempts })}
            />
          );
        },
      },
      {
        id: "response",
        header: t("column.response"),
        size: 150,
        cell: ({ row: { original } }) =>
          original.averageMs === null ? (
            <Dash />
          ) : (
            <Lines
              first={t("milliseconds", { value: format.number(original.averageMs) })}
              second={t("list.range", {
                min: format.number(original.minMs ?? 0),
                max: format.number(original.maxMs ?? 0),
              })}
            />
          ),
      },
      {
        id: "waiting",
        header: t("column.waiting"),
        size: 85,
        meta: { align: "right" },
        cell: ({ row: { original } }) => (
          <span className={original.waiting === 0 ? "text-muted" : "font-medium"}>
            {format.number(original.waiting)}
          </span>
        ),
      },
      {
        id: "last",
        header: t("column.last"),
        size: 130,
        cell: ({ row: { original } }) =>
          original.lastDeliveryAt ? (
            <RelativeTime value={original.lastDeliveryAt} />
          ) : (
            <span className="text-muted">{t("never")}</span>
          ),
      },
    ],
    [t, format, locale],
  );
}

function Lines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <span className="grid py-0.5 tabular-nums">
      <span className="truncate">{first}</span>
      <span className="truncate text-muted text-xs">{second}</span>
    </span>
  );
}

function Dash() {
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

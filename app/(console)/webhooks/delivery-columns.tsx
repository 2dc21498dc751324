"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import type { DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { useClock } from "@/components/ui/use-clock";
import { DeliveryBadge, StatusCode } from "./badges";
import type { DeliveryItem } from "./items";
import { useFailure } from "./use-failure";

export function useDeliveryColumns({ withDestination, isPaused }: { withDestination: boolean; isPaused: boolean }) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const failureOf = useFailure();
  return useMemo<DataTableColumn<DeliveryItem>[]>(
    () => [
      {
        id: "event",
        header: t("column.event"),
        minSize: 170,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom">
            <code title={original.type} className="truncate font-mono text-xs">
              {original.type}
            </code>
            {original.isTest && (
              <Badge size="sm" tone="accent" className="shrink-0">
                {t("deliveries.isTest")}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 112,
        cell: ({ row }) => <DeliveryBadge state={row.original.state} />,
      },
      ...(withDestination
        ? [
            {
              id: "destination",
              header: t("column.destination"),
              size: 150,
              cell: ({ row: { original } }) => <DestinationName destination={original.destination} />,
            } satisfies DataTableColumn<DeliveryItem>,
          ]
        : []),
      {
        id: "session",
        header: t("column.session"),
        size: 80,
        cell: ({ row: { original } }) => <SessionLink delivery={original} />,
      },
      {
        id: "answer",
        header: t("column.answer"),
        minSize: 150,
        meta: { grow: true },
        cell: ({ row: { original } }) => {
          if (original.status === null && original.error === null)
            return <span className="text-muted">{t("deliveries.noAttempt")}</span>;
          const words = failureOf(original, false);
          return (
            <span title={words ?? undefined} className="inline-flex min-w-0 max-w-full items-center gap-2 align-bottom">
              {original.status !== null && <StatusCode status={original.status} />}
              {original.status === null && <span className="truncate text-muted">{words}</span>}
            </span>
          );
        },
      },
      {
        id: "attempts",
        header: t("column.attempts"),
        size: 80,
        meta: { align: "right", card: "hidden" },
        cell: ({ row }) => format.number(row.original.attempts),
      },
      {
        id: "duration",
        header: t("column.duration"),
        size: 84,
        meta: { align: "right", card: "hidden" },
        cell: ({ row: { original } }) =>
          original.durationMs === null ? <Dash /> : t("milliseconds", { value: format.number(original.durationMs) }),
      },
      {
        id: "created",
        header: t("column.created"),
        size: 110,
        cell: ({ row }) => <RelativeTime value={row.original.createdAt} />,
      },
      {
        id: "next",
        header: t("column.next"),
        size: 108,
        meta: { card: "hidden" },
        cell: ({ row: { original } }) =>
          original.nextAttemptAt === null ? (
            <Dash />
          ) : isPaused ? (
            t("deliveries.nextPaused")
          ) : (
            <NextAttempt at={original.nextAttemptAt} />
          ),
      },
    ],
    [t, format, failureOf, withDestination, isPaused],
  );
}

export function NextAttempt({ at }: { at: string }) {
  const t = useTranslations("webhooks.deliveries");
  const now = useClock("minute");
  return Date.parse(at) <= now ? t("nextNow") : <RelativeTime value={at} />;
}

export function DestinationName({ destination }: { destination: DeliveryItem["destination"] }) {
  const t = useTranslations("webhooks.deliveries");
  const { id, label, url, kind } = destination;
  if (kind === "push") {
    return (
      <Link
        href={`/webhooks/${id}`}
        prefetch={false}
        title={url}
        className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
      >
        {label}
      </Link>
    );
  }
  return (
    <span title={url} className="inline-flex max-w-full items-center gap-2">
      <span className="truncate">{kind === "pull" ? url : label}</span>
      <Badge size="sm">{t(kind === "pull" ? "tail" : "deleted")}</Badge>
    </span>
  );
}

export function SessionLink({ delivery }: { delivery: DeliveryItem }) {
  const t = useTranslations("webhooks.deliveries");
  if (delivery.sessionNumber !== null) {
    return (
      <Link
        href={`/sessions/${delivery.subjectId}`}
        prefetch={false}
        aria-label={t("sessionName", { number: String(delivery.sessionNumber) })}
        className="rounded-sm tabular-nums underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current"
      >
        #{delivery.sessionNumber}
      </Link>
    );
  }
  // A test is about nobody.
  if (delivery.isTest) return <Dash />;
  return (
    <code title={delivery.subjectId} className="font-mono text-muted text-xs">
      {delivery.subjectId.slice(0, 8)}
    </code>
  );
}

function Dash() {
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

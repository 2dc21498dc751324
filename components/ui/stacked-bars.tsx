"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useState } from "react";
import { formatNumber } from "@/lib/format";
import { EagerLink } from "./eager-link";
import { SegmentedControl } from "./segmented-control";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "./table";

export interface BarColumn {
  /** In words: a day, a week. */
  label: string;
  /** Under the axis, where there is room. */
  short: string;
  /** The list behind the whole column. */
  href: string;
}

export interface BarSeries {
  name: string;
  /** One per column. */
  counts: readonly number[];
  total: number;
  /** The list behind the total; absent when it is the sum of several, which `parts` then names. */
  href?: string;
  parts?: readonly { name: string; total: number; href: string }[];
  /** The list behind one column of it. */
  hrefs?: readonly string[];
}

export interface BarWords {
  as: string;
  chart: string;
  table: string;
  when: string;
  total: string;
  empty: string;
}

const stripes = (angle: number, colour: string) =>
  `repeating-linear-gradient(${angle}deg, ${colour} 0 3px, color-mix(in oklab, ${colour} 45%, var(--surface)) 3px 6px)`;

/** Told apart by pattern as well as by colour. */
const FILLS = [
  "var(--accent-solid)",
  stripes(45, "var(--info-solid)"),
  "var(--warning-solid)",
  stripes(-45, "var(--success-solid)"),
  stripes(0, "var(--neutral)"),
  "var(--border-strong)",
];

const fillOf = (place: number) => FILLS[place % FILLS.length];

/** A round number at or above the highest column. */
function ceilingOf(highest: number): number {
  if (highest <= 4) return 4;
  const step = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((times) => times * step).find((one) => one >= highest)!;
}

/**
 * Counts over time as stacked bars. The chart is one stop for the keyboard: arrow keys walk its columns and say them, Enter
 * opens the list behind one, as a click does. The same figures are a table, in which each is a link.
 */
export function StackedBars({
  title,
  columns,
  series,
  words,
}: {
  title: string;
  columns: readonly BarColumn[];
  series: readonly BarSeries[];
  words: BarWords;
}) {
  const locale = useLocale();
  const router = useRouter();
  const [as, setAs] = useState<"chart" | "table">("chart");
  const [at, setAt] = useState<number | null>(null);
  const last = columns.length - 1;
  const number = (count: number) => formatNumber(count, locale);
  const totals = columns.map((_, place) => series.reduce((sum, one) => sum + (one.counts[place] ?? 0), 0));
  const ceiling = ceilingOf(Math.max(0, ...totals));
  const shown = at === null ? null : columns[at];
  const rowsAt = (place: number) =>
    series.flatMap((one, index) => {
      const count = one.counts[place] ?? 0;
      return count > 0 ? [{ name: one.name, index, count }] : [];
    });
  const said = (place: number) =>
    [
      `${columns[place]?.label}: ${number(totals[place] ?? 0)}`,
      ...rowsAt(place).map(({ name, count }) => `${name} ${number(count)}`),
    ].join("; ");

  function move(event: KeyboardEvent) {
    const now = at ?? last;
    const next = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "Escape") setAt(null);
    if (event.key === "Enter" && columns[now]) router.push(columns[now].href);
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, next)));
  }
  const placeOf = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(last, Math.floor(((event.clientX - box.left) / box.width) * columns.length)));
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <ul className="flex min-w-0 flex-1 flex-wrap gap-x-4 gap-y-0.5 text-sm">
          {series.map((one, index) => (
            <li key={one.name + one.href} className="inline-flex min-h-6 max-w-full items-center gap-1.5">
              <span aria-hidden className="size-3 shrink-0 rounded-xs" style={{ background: fillOf(index) }} />
              {one.href ? (
                <EagerLink href={one.href} className="truncate rounded-sm leading-6 hover:underline">
                  {one.name} <span className="font-medium tabular-nums">{number(one.total)}</span>
                </EagerLink>
              ) : (
                <details className="relative">
                  <summary className="cursor-pointer rounded-sm leading-6">
                    {one.name} <span className="font-medium tabular-nums">{number(one.total)}</span>
                  </summary>
                  <ul className="absolute z-10 max-h-60 w-64 max-w-[80vw] overflow-y-auto rounded-lg border border-border bg-raised p-2 shadow-pop">
                    {one.parts?.map((part) => (
                      <li key={part.href}>
                        <EagerLink
                          href={part.href}
                          className="flex min-h-7 items-center justify-between gap-3 rounded-sm px-1 hover:bg-hover"
                        >
                          <span className="truncate">{part.name}</span>
                          <span className="tabular-nums">{number(part.total)}</span>
                        </EagerLink>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          ))}
        </ul>
        <SegmentedControl
          size="sm"
          label={words.as}
          value={as}
          onValueChange={setAs}
          options={[
            { value: "chart", label: words.chart, icon: <ChartColumn aria-hidden /> },
            { value: "table", label: words.table, icon: <Table2 aria-hidden /> },
          ]}
        />
      </div>
      {as === "chart" ? (
        series.length === 0 ? (
          <p className="grid h-56 place-items-center text-muted text-sm">{words.empty}</p>
        ) : (
          <figure aria-label={title} className="grid grid-cols-[auto_1fr] gap-x-2">
            <div aria-hidden className="flex h-48 flex-col justify-between text-right text-muted text-xs tabular-nums">
              {[ceiling, ceiling / 2, 0].map((one) => (
                <span key={one} className="-my-2 leading-4">
                  {formatNumber(one, locale, { notation: "compact" })}
                </span>
              ))}
            </div>
            <div className="relative h-48">
              {[0, 50, 100].map((height) => (
                <div
                  key={height}
                  aria-hidden
                  className="absolute inset-x-0 border-border border-t"
                  style={{ bottom: `${height}%` }}
                />
              ))}
              <div
                role="slider"
                tabIndex={0}
                aria-label={title}
                aria-valuemin={1}
                aria-valuemax={columns.length}
                aria-valuenow={(at ?? last) + 1}
                aria-valuetext={said(at ?? last)}
                className="absolute inset-0 flex cursor-pointer items-stretch rounded-sm"
                onKeyDown={move}
                onFocus={() => setAt((now) => now ?? last)}
                onBlur={() => setAt(null)}
                onPointerMove={(event) => setAt(placeOf(event))}
                onPointerLeave={() => setAt(null)}
                onClick={(event) => {
                  const column = columns[placeOf(event)];
                  if (column) router.push(column.href);
                }}
              >
                {columns.map((column, place) => (
                  <span
                    key={column.href}
                    className={`flex min-w-0 flex-1 flex-col-reverse px-px sm:px-0.5 ${at === place ? "bg-hover" : ""}`}
                  >
                    {rowsAt(place).map(({ index, count }) => (
                      <span
                        key={index}
                        className="min-h-px w-full max-w-10 self-center border-surface border-t"
                        style={{ height: `${(count / ceiling) * 100}%`, background: fillOf(index) }}
                      />
                    ))}
                  </span>
                ))}
              </div>
              {shown && at !== null && (
                <div
                  aria-hidden
                  className="pointer-events-none absolute top-0 z-10 w-max max-w-56 rounded-lg border border-border bg-raised px-3 py-2 text-sm shadow-pop"
                  style={
                    at > last / 2
                      ? { right: `${(1 - at / (last + 1)) * 100}%` }
                      : { left: `${((at + 1) / (last + 1)) * 100}%` }
                  }
                >
                  <p className="flex justify-between gap-4 font-medium">
                    {shown.label} <span className="tabular-nums">{number(totals[at] ?? 0)}</span>
                  </p>
                  {rowsAt(at).map(({ name, index, count }) => (
                    <p key={index} className="flex items-center gap-1.5">
                      <span className="size-2.5 shrink-0 rounded-xs" style={{ background: fillOf(index) }} />
                      <span className="truncate text-muted">{name}</span>
                      <span className="ml-auto pl-3 tabular-nums">{number(count)}</span>
                    </p>
                  ))}
                </div>
              )}
            </div>
            <div aria-hidden className="col-start-2 mt-1 flex justify-between text-muted text-xs">
              {[0, Math.floor(last / 2), last].map((place) => (
                <span key={place}>{columns[place]?.short}</span>
              ))}
            </div>
          </figure>
        )
      ) : (
        <Table label={title}>
          <TableHead>
            <tr>
              <TableHeader>{words.when}</TableHeader>
              {series.map((one) => (
                <TableHeader key={one.name + one.href} className="max-w-40 truncate text-right" title={one.name}>
                  {one.name}
                </TableHeader>
              ))}
              <TableHeader className="text-right">{words.total}</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {columns.map((column, place) => (
              <TableRow key={column.href}>
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                  {column.label}
                </th>
                {series.map((one) => (
                  <TableCell key={one.name + one.href} className="text-right tabular-nums">
                    <Figure href={one.hrefs?.[place]}>{number(one.counts[place] ?? 0)}</Figure>
                  </TableCell>
                ))}
                <TableCell className="text-right tabular-nums">
                  <Figure href={column.href}>{number(totals[place] ?? 0)}</Figure>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </div>
  );
}

function Figure({ href, children }: { href: string | undefined; children: string }) {
  if (!href || children === "0") return <span className={children === "0" ? "text-muted" : undefined}>{children}</span>;
  return (
    <EagerLink
      href={href}
      className="inline-flex min-h-6 min-w-6 items-center justify-end rounded-sm text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
    >
      {children}
    </EagerLink>
  );
}

"use client";

import { ChartColumn, Table2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCalendarDate, formatNumber } from "@/lib/format";
import { type Day, SERIES } from "./days";
import { money } from "./money";
import { SERIES_CLASSES } from "./series-classes";

// The drawing is heavy, and only this screen draws.
const Chart = dynamic(() => import("./chart"), { ssr: false, loading: () => <Skeleton className="h-72 w-full" /> });

export function DayByDay({ days, summary }: { days: readonly Day[]; summary: string }) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const [as, setAs] = useState<"chart" | "table">("chart");
  const isEmpty = days.every((day) => SERIES.every((series) => day[series] === 0));
  const sum = (key: (typeof SERIES)[number] | "amount") => days.reduce((total, day) => total + day[key], 0);
  const count = (number: number) => formatNumber(number, locale);
  return (
    <Card>
      <CardHeader
        title={t("chart.title")}
        description={t("chart.description")}
        actions={
          <SegmentedControl
            size="sm"
            label={t("chart.as")}
            value={as}
            onValueChange={setAs}
            options={[
              { value: "chart", label: t("chart.chart"), icon: <ChartColumn aria-hidden /> },
              { value: "table", label: t("chart.table"), icon: <Table2 aria-hidden /> },
            ]}
          />
        }
      />
      {as === "chart" ? (
        <CardBody className="flex flex-col gap-3">
          <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-sm">
            {SERIES.map((series) => (
              <li key={series} className="inline-flex items-center gap-1.5">
                <span className={`size-2.5 rounded-xs ${SERIES_CLASSES[series]}`} />
                {t(`series.${series}`)}
              </li>
            ))}
          </ul>
          {isEmpty ? (
            <p className="grid h-72 place-items-center text-muted text-sm">{t("chart.empty")}</p>
          ) : (
            <Chart days={days} summary={summary} />
          )}
        </CardBody>
      ) : (
        <Table label={t("chart.title")}>
          <TableHead>
            <tr>
              <TableHeader>{t("column.day")}</TableHeader>
              {SERIES.map((series) => (
                <TableHeader key={series} className="text-right">
                  {t(`series.${series}`)}
                </TableHeader>
              ))}
              <TableHeader className="text-right">{t("column.cost")}</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {days.map((day) => (
              <TableRow key={day.day}>
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                  {formatCalendarDate(day.day, locale)}
                </th>
                {SERIES.map((series) => (
                  <TableCell key={series} className="text-right tabular-nums">
                    {count(day[series])}
                  </TableCell>
                ))}
                <TableCell className="text-right tabular-nums">{money(day.amount, locale)}</TableCell>
              </TableRow>
            ))}
            <TableRow className="font-medium">
              <th scope="row" className="px-3 py-1.5 text-left font-medium">
                {t("total")}
              </th>
              {SERIES.map((series) => (
                <TableCell key={series} className="text-right tabular-nums">
                  {count(sum(series))}
                </TableCell>
              ))}
              <TableCell className="text-right tabular-nums">{money(sum("amount"), locale)}</TableCell>
            </TableRow>
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

import { ChevronLeft, ChevronRight, Wallet } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NoAccess } from "@/components/access/no-access";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Meter } from "@/components/ui/meter";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { dayOf, monthBefore, monthOf, type Statement } from "@/domain/billing/rules";
import { Month, readUsage } from "@/domain/billing/usage";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor, requireSession } from "@/lib/auth";
import { formatNumber } from "@/lib/format";
import { DayByDay } from "./day-by-day";
import { daysOf, SERIES } from "./days";
import { money, monthName } from "./money";
import { TopUpDialog } from "./top-up-dialog";
import { TopUpsTable } from "./top-ups-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.usage") };
}

type Props = { searchParams: Promise<{ month?: string | string[] }> };

export default async function UsagePage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:billing")) return <NoAccess privilege="read:billing" />;
  const now = new Date();
  const asked = Month.safeParse((await searchParams).month).data;
  const present = monthOf(now);
  const month = asked && asked <= present ? asked : present;
  const [t, locale, { organisationName }, usage] = await Promise.all([
    getTranslations("usage"),
    getLocale(),
    requireSession(),
    readUsage(actor, month),
  ]);
  const { statement, balance, prices } = usage;
  const days = daysOf(statement, dayOf(now));
  const count = (number: number) => formatNumber(number, locale);
  const charged = statement.kycCharged + statement.kyb;
  const summary = t("chart.summary", {
    month: monthName(month, locale),
    count: count(statement.kyc + statement.kyb + statement.uncharged),
    amount: money(statement.amount, locale),
  });
  return (
    <ClientMessages only={["usage"]}>
      <div className="flex max-w-6xl flex-col gap-6">
        <Section
          title={t("title")}
          description={t(`description.${actor.environment}`, { organisation: organisationName ?? "" })}
          actions={<MonthTurns month={month} present={present} locale={locale} />}
        >
          <div className="grid gap-4 sm:grid-cols-3">
            <Tile
              label={t("tile.cost")}
              value={money(statement.amount, locale)}
              text={t("tile.charged", { count: charged })}
            />
            <Tile
              label={t("tile.free")}
              value={t("tile.freeUsed", { used: count(statement.kycFree), free: count(prices.freeKycPerMonth) })}
              text={
                <Meter
                  label={t("tile.free")}
                  value={prices.freeKycPerMonth === 0 ? 100 : (statement.kycFree / prices.freeKycPerMonth) * 100}
                  tone="info"
                  hideValue
                  className="mt-1"
                />
              }
            />
            <Tile
              label={t("tile.balance")}
              value={money(balance.balance, locale)}
              text={t("tile.balanceText", {
                paid: money(balance.paid, locale),
                charged: money(balance.charged, locale),
              })}
            />
          </div>
          <DayByDay key={month} days={days} summary={summary} />
        </Section>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card>
            <CardHeader title={t("applications.title")} description={monthName(month, locale)} />
            {usage.applications.length === 0 ? (
              <CardBody className="text-muted text-sm">{t("applications.none")}</CardBody>
            ) : (
              <Table label={t("applications.title")}>
                <TableHead>
                  <tr>
                    <TableHeader>{t("column.application")}</TableHeader>
                    {(["column.kyc", "series.kyb", "series.uncharged"] as const).map((key) => (
                      <TableHeader key={key} className="text-right">
                        {t(key)}
                      </TableHeader>
                    ))}
                  </tr>
                </TableHead>
                <TableBody>
                  {usage.applications.map((one) => (
                    <TableRow key={one.applicationId}>
                      <th scope="row" className="px-3 py-1.5 text-left font-normal">
                        {one.name}
                      </th>
                      {[one.kyc, one.kyb, one.uncharged].map((number, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                        <TableCell key={index} className="text-right tabular-nums">
                          {count(number)}
                        </TableCell>
                      ))}
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            )}
          </Card>
          <Card>
            <CardHeader title={t("prices.title")} description={t("prices.kept")} />
            <CardBody className="flex flex-col gap-3">
              <DescriptionList
                items={[
                  { term: t("prices.kyc"), value: money(prices.kyc, locale) },
                  { term: t("prices.free"), value: count(prices.freeKycPerMonth) },
                  { term: t("prices.kyb"), value: money(prices.kyb, locale) },
                  { term: t("prices.nothing"), value: money(0, locale) },
                ]}
              />
              <p className="text-muted text-sm">{t("prices.imported", { count: usage.imported })}</p>
            </CardBody>
          </Card>
        </div>
        <Section title={t("months.title")} description={t("months.description")}>
          <Card>
            <MonthsTable months={usage.months.toReversed()} current={month} locale={locale} />
          </Card>
        </Section>
        <Section
          title={t("topUps.title")}
          description={t("topUps.description")}
          actions={actor.privileges.has("write:billing") && <TopUpDialog />}
        >
          <TopUpsTable
            rows={usage.topUps.map((one) => ({
              id: one.id,
              amount: one.amount,
              status: one.status,
              requestedAt: one.requestedAt,
              requestedBy: one.requestedByLabel,
              settledAt: one.settledAt,
            }))}
            empty={<EmptyState icon={<Wallet />} title={t("topUps.empty")} />}
          />
        </Section>
      </div>
    </ClientMessages>
  );
}

function Tile({ label, value, text }: { label: ReactNode; value: ReactNode; text: ReactNode }) {
  return (
    <Card className="flex flex-col gap-1 p-4">
      <p className="text-muted text-sm">{label}</p>
      <p className="break-words font-semibold text-xl tabular-nums tracking-tight">{value}</p>
      <div className="text-muted text-sm">{text}</div>
    </Card>
  );
}

async function MonthTurns({ month, present, locale }: { month: string; present: string; locale: string }) {
  const t = await getTranslations("usage.month");
  const turn = (to: string, label: string, icon: ReactNode) =>
    to > present ? (
      <Button iconOnly disabled aria-label={label}>
        {icon}
      </Button>
    ) : (
      <Button iconOnly asChild>
        <Link href={`/settings/usage?month=${to}`} aria-label={label}>
          {icon}
        </Link>
      </Button>
    );
  return (
    <nav aria-label={t("label")} className="flex items-center gap-2">
      {turn(monthBefore(month, 1), t("earlier"), <ChevronLeft aria-hidden />)}
      <span aria-live="polite" className="min-w-36 text-center font-medium text-sm">
        {monthName(month, locale)}
      </span>
      {turn(monthBefore(month, -1), t("later"), <ChevronRight aria-hidden />)}
    </nav>
  );
}

async function MonthsTable({ months, current, locale }: { months: Statement[]; current: string; locale: string }) {
  const t = await getTranslations("usage");
  return (
    <Table label={t("months.title")}>
      <TableHead>
        <tr>
          <TableHeader>{t("column.month")}</TableHeader>
          {SERIES.map((series) => (
            <TableHeader key={series} className="text-right">
              {t(`series.${series}`)}
            </TableHeader>
          ))}
          <TableHeader className="text-right">{t("column.cost")}</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {months.map((one) => (
          <TableRow key={one.month}>
            <th scope="row" className="whitespace-nowrap px-3 py-1 text-left font-normal">
              <EagerLink
                href={`/settings/usage?month=${one.month}`}
                aria-current={one.month === current ? "true" : undefined}
                className="inline-flex min-h-6 items-center rounded-sm text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current aria-[current]:font-medium aria-[current]:text-foreground aria-[current]:no-underline"
              >
                {monthName(one.month, locale)}
              </EagerLink>
            </th>
            {SERIES.map((series) => (
              <TableCell key={series} className="text-right tabular-nums">
                {formatNumber(one[series], locale)}
              </TableCell>
            ))}
            <TableCell className="text-right tabular-nums">{money(one.amount, locale)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

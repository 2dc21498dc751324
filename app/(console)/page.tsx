import type { Metadata } from "next";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EagerLink } from "@/components/ui/eager-link";
import { Page, PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BarSeries, StackedBars } from "@/components/ui/stacked-bars";
import { readOverview } from "@/domain/overview/read";
import { type PartnerSeries, PERIODS, type Period, topOf } from "@/domain/overview/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { cn } from "@/lib/cn";
import { formatCalendarDate, formatNumber, formatPercent } from "@/lib/format";
import { firstOf, listHref } from "@/lib/keyset";
import { Agreements } from "./overview/agreements";
import { roughly } from "./overview/durations";
import { Figure, ShareBar } from "./overview/figure";
import { FirstSteps } from "./overview/first-steps";
import { importedHref, mintedHref } from "./overview/hrefs";
import { type Stretch, stretchesOf } from "./overview/stretches";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:sessions")) return <NoAccess privilege="read:sessions" />;
  const [{ days }, t, locale, timeZone] = await Promise.all([
    searchParams.then((params) => firstOf(params, ["days"])),
    getTranslations("overview"),
    getLocale(),
    getTimeZone(),
  ]);
  const period: Period = PERIODS.find((one) => String(one) === days) ?? 30;
  const { stretches, edges } = stretchesOf(period, new Date(), timeZone);
  const whole: Stretch = { from: stretches[0]!.from, to: stretches.at(-1)!.to };
  const overview = await readOverview(actor, edges);
  if (overview.isNew)
    return (
      <Page>
        <PageHeader title={t("title")} description={t("description")} />
        <FirstSteps actor={actor} />
      </Page>
    );

  const { shares, imports, open, waiting } = overview;
  const count = (number: number) => formatNumber(number, locale);
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
  const percent = (part: number, of: number) => (of === 0 ? undefined : formatPercent(share(part, of), locale));
  const time = (seconds: number | null) => (seconds === null ? t("never") : roughly(seconds, locale));
  const nameOf = (id: string) => {
    const card = overview.partners.get(id);
    return card ? `${card.organisationName} · ${card.name}` : id;
  };
  const seriesFor = (all: readonly PartnerSeries[], href: (stretch: Stretch, asked: { partner: string }) => string) => {
    const { top, others, rest } = topOf(all);
    const drawn: BarSeries[] = top.map(({ partnerApplicationId: partner, counts, total }) => ({
      name: nameOf(partner),
      counts,
      total,
      href: href(whole, { partner }),
      hrefs: stretches.map((stretch) => href(stretch, { partner })),
    }));
    if (others.length > 0)
      drawn.push({
        name: t("chart.others", { count: others.length }),
        counts: rest,
        total: others.reduce((sum, one) => sum + one.total, 0),
        parts: others.map((one) => ({
          name: nameOf(one.partnerApplicationId),
          total: one.total,
          href: href(whole, { partner: one.partnerApplicationId }),
        })),
      });
    return drawn;
  };
  const columnsFor = (href: (stretch: Stretch) => string) =>
    stretches.map((stretch) => ({
      label:
        stretch.from === stretch.to
          ? formatCalendarDate(stretch.from, locale)
          : t("chart.week", {
              from: formatCalendarDate(stretch.from, locale),
              to: formatCalendarDate(stretch.to, locale),
            }),
      short: shortDay(stretch.from, locale),
      href: href(stretch),
    }));
  const words = {
    as: t("chart.as"),
    chart: t("chart.chart"),
    table: t("chart.table"),
    when: t("chart.when"),
    total: t("chart.total"),
  };
  const slowest = Math.max(1, ...imports.time.spread.map((one) => one.count));
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} actions={<Periods current={period} />} />
      <ClientMessages only={[]}>
        <div className="flex flex-col gap-4">
          <ul className="grid gap-4 sm:grid-cols-3">
            <Tile
              label={t("tile.waiting")}
              figure={waiting.exact ? count(waiting.all) : t("atLeast", { count: count(waiting.all) })}
              href={listHref("/sessions", { status: "In Review" })}
              note={
                waiting.oldest ? (
                  <>
                    {t("tile.oldest")} <RelativeTime value={waiting.oldest} /> ·{" "}
                    <Figure
                      href={listHref("/sessions", { status: "In Review", origin: "imported" })}
                      className="text-muted"
                    >
                      {t("tile.ofThem", { count: waiting.imported })}
                    </Figure>
                  </>
                ) : (
                  t("tile.nothingWaits")
                )
              }
            />
            <Tile
              label={t("tile.open")}
              figure={count(open.tokens)}
              href="/share-tokens?state=active"
              note={t("tile.openText")}
            />
            <Tile
              label={t("tile.inbox")}
              figure={count(open.inbox)}
              href="/imports/inbox?state=waiting"
              note={t("tile.inboxText")}
            />
          </ul>
          <div className="grid gap-4 xl:grid-cols-2">
            <Card>
              <CardHeader
                title={t("shares.title")}
                description={t("shares.description")}
                actions={<Figure href={mintedHref(whole)}>{t("shares.total", { count: shares.minted })}</Figure>}
              />
              <CardBody>
                <StackedBars
                  title={t("shares.title")}
                  columns={columnsFor(mintedHref)}
                  series={seriesFor(shares.series, mintedHref)}
                  words={{ ...words, empty: t("shares.empty") }}
                />
              </CardBody>
            </Card>
            <Card>
              <CardHeader
                title={t("imports.title")}
                description={t("imports.description")}
                actions={<Figure href={importedHref(whole)}>{t("imports.total", { count: imports.imported })}</Figure>}
              />
              <CardBody>
                <StackedBars
                  title={t("imports.title")}
                  columns={columnsFor(importedHref)}
                  series={seriesFor(imports.series, importedHref)}
                  words={{ ...words, empty: t("imports.empty") }}
                />
              </CardBody>
            </Card>
          </div>
          <div className="grid gap-4 lg:grid-cols-3">
            <Card>
              <CardHeader title={t("funnel.title")} description={t("funnel.description")} />
              <CardBody className="flex flex-col gap-4">
                <Steps title={t("funnel.given")}>
                  <ShareBar
                    label={t("funnel.minted")}
                    figure={<Figure href={mintedHref(whole)}>{count(shares.minted)}</Figure>}
                    fraction={share(shares.minted, shares.minted)}
                  />
                  <ShareBar
                    label={t("funnel.redeemed")}
                    note={percent(shares.redeemed, shares.minted)}
                    figure={<Figure href={mintedHref(whole, { state: "redeemed" })}>{count(shares.redeemed)}</Figure>}
                    fraction={share(shares.redeemed, shares.minted)}
                  />
                </Steps>
                <p className="text-muted text-sm">{t("funnel.toRedeem", { time: time(shares.median) })}</p>
                <Steps title={t("funnel.taken")}>
                  <ShareBar
                    label={t("funnel.imported")}
                    figure={<Figure href={importedHref(whole)}>{count(imports.imported)}</Figure>}
                    fraction={share(imports.imported, imports.imported)}
                    fill="bg-info-solid"
                  />
                  <ShareBar
                    label={t("funnel.settled")}
                    note={percent(imports.settled, imports.imported)}
                    figure={
                      <Figure href={importedHref(whole, { outcome: "settled" })}>{count(imports.settled)}</Figure>
                    }
                    fraction={share(imports.settled, imports.imported)}
                    fill="bg-info-solid"
                  />
                </Steps>
                <p className="text-muted text-sm">{t("funnel.toDecide", { time: time(imports.time.median) })}</p>
              </CardBody>
            </Card>
            <Card>
              <CardHeader title={t("time.title")} description={t("time.description")} />
              <CardBody className="flex flex-col gap-4">
                <dl className="grid grid-cols-3 gap-3">
                  <Fact term={t("time.median")}>{time(imports.time.median)}</Fact>
                  <Fact term={t("time.p90")}>{time(imports.time.p90)}</Fact>
                  <Fact term={t("time.decided")}>
                    <Figure href={importedHref(whole, { outcome: "decided" })}>{count(imports.decided)}</Figure>
                  </Fact>
                </dl>
                <ul className="flex flex-col gap-2.5">
                  {imports.time.spread.map(({ took, count: number }) => (
                    <ShareBar
                      key={took}
                      label={t(`took.${took}`)}
                      note={percent(number, imports.decided)}
                      figure={<Figure href={importedHref(whole, { took })}>{count(number)}</Figure>}
                      fraction={number / slowest}
                    />
                  ))}
                </ul>
              </CardBody>
            </Card>
            <Card>
              <CardHeader title={t("trust.title")} description={t("trust.description")} />
              <CardBody className="flex flex-col gap-4">
                <ul className="flex flex-col gap-2.5">
                  <ShareBar
                    label={t("trust.kept")}
                    note={percent(imports.trusted, imports.imported)}
                    figure={<Figure href={importedHref(whole, { trust: "kept" })}>{count(imports.trusted)}</Figure>}
                    fraction={share(imports.trusted, imports.imported)}
                  />
                  <ShareBar
                    label={t("trust.reviewed")}
                    note={percent(imports.reviewed, imports.imported)}
                    figure={
                      <Figure href={importedHref(whole, { trust: "reviewed" })}>{count(imports.reviewed)}</Figure>
                    }
                    fraction={share(imports.reviewed, imports.imported)}
                    fill="bg-info-solid"
                  />
                </ul>
                <Steps title={t("trust.ofReviewed")}>
                  <ShareBar
                    label={t("trust.decided")}
                    note={percent(imports.reviewedSettled, imports.reviewed)}
                    figure={
                      <Figure href={importedHref(whole, { trust: "reviewed", outcome: "settled" })}>
                        {count(imports.reviewedSettled)}
                      </Figure>
                    }
                    fraction={share(imports.reviewedSettled, imports.reviewed)}
                    fill="bg-success-solid"
                  />
                  <ShareBar
                    label={t("trust.waiting")}
                    note={percent(imports.reviewed - imports.reviewedSettled, imports.reviewed)}
                    figure={
                      <Figure href={importedHref(whole, { trust: "reviewed", outcome: "waiting" })}>
                        {count(imports.reviewed - imports.reviewedSettled)}
                      </Figure>
                    }
                    fraction={share(imports.reviewed - imports.reviewedSettled, imports.reviewed)}
                    fill="bg-warning-solid"
                  />
                </Steps>
              </CardBody>
            </Card>
          </div>
          <div className="grid items-start gap-4 xl:grid-cols-4">
            <Card className="xl:col-span-3">
              <CardHeader title={t("agreement.title")} description={t("agreement.description")} />
              <Agreements agreements={imports.agreements} nameOf={nameOf} whole={whole} />
            </Card>
            <Card>
              <CardHeader title={t("soonest.title")} description={t("soonest.description")} />
              {open.soonest.length === 0 ? (
                <CardBody className="text-muted text-sm">{t("soonest.none")}</CardBody>
              ) : (
                <ul className="divide-y divide-border">
                  {open.soonest.map((token) => (
                    <li key={token.id}>
                      <EagerLink
                        href={`/share-tokens/${token.id}`}
                        className="-outline-offset-2 flex min-h-10 items-center justify-between gap-3 px-4 py-2 text-sm hover:bg-hover"
                      >
                        <span className="min-w-0 truncate">{nameOf(token.partnerApplicationId)}</span>
                        <RelativeTime value={token.expiresAt} />
                      </EagerLink>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </div>
        </div>
      </ClientMessages>
    </Page>
  );
}

const shortDay = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

function Tile({ label, figure, href, note }: { label: string; figure: string; href: string; note: React.ReactNode }) {
  return (
    <li className="rounded-lg border border-border bg-surface p-4">
      <h2 className="text-muted text-sm">{label}</h2>
      <Figure href={href} className="my-0.5 font-semibold text-2xl tracking-tight">
        {figure}
      </Figure>
      <p className="text-muted text-sm">{note}</p>
    </li>
  );
}

function Steps({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 className="mb-2 font-medium text-sm">{title}</h3>
      <ul className="flex flex-col gap-2.5">{children}</ul>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{term}</dt>
      <dd className="font-semibold text-base">{children}</dd>
    </div>
  );
}

async function Periods({ current }: { current: Period }) {
  const t = await getTranslations("overview.period");
  return (
    <nav
      aria-label={t("label")}
      className="inline-flex h-8 items-stretch gap-0.5 rounded-md border border-border-strong bg-subtle p-0.5"
    >
      {PERIODS.map((days) => (
        <EagerLink
          key={days}
          href={days === 30 ? "/" : `/?days=${days}`}
          aria-current={days === current ? "page" : undefined}
          className={cn(
            "-outline-offset-1 inline-flex items-center whitespace-nowrap rounded-sm border border-transparent px-2.5 font-medium text-sm transition-colors",
            days === current
              ? "border-border-strong bg-surface text-foreground dark:bg-hover"
              : "text-muted hover:text-foreground",
          )}
        >
          {t("days", { count: days })}
        </EagerLink>
      ))}
    </nav>
  );
}

import { getLocale, getTranslations } from "next-intl/server";
import { CardBody } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type Agreement, cellOf, SAID } from "@/domain/overview/rules";
import { formatNumber, formatPercent } from "@/lib/format";
import { Figure } from "./figure";
import { importedHref } from "./hrefs";
import type { Stretch } from "./stretches";

const DECIDED = [
  ["Approved", "approved"],
  ["Declined", "declined"],
] as const;
const KEYS = { Approved: "approved", Declined: "declined", "In Review": "inReview" } as const;
const MOST = 10;

/** Per partner: what it said, and what was decided here. */
export async function Agreements({
  agreements,
  nameOf,
  whole,
}: {
  agreements: readonly Agreement[];
  nameOf: (partnerApplicationId: string) => string;
  whole: Stretch;
}) {
  const [t, locale] = await Promise.all([getTranslations("overview.agreement"), getLocale()]);
  if (agreements.length === 0) return <CardBody className="text-muted text-sm">{t("none")}</CardBody>;
  const hidden = agreements.length - MOST;
  return (
    <>
      <Table label={t("title")}>
        <TableHead>
          <tr>
            <TableHeader rowSpan={2}>{t("partner")}</TableHeader>
            {SAID.map((said) => (
              <TableHeader key={said} colSpan={2} scope="colgroup" className="text-center">
                {t(`said.${KEYS[said]}`)}
              </TableHeader>
            ))}
            <TableHeader rowSpan={2} className="text-right">
              {t("otherwise")}
            </TableHeader>
          </tr>
          <tr>
            {SAID.map((said) =>
              DECIDED.map(([, outcome]) => (
                <TableHeader key={`${said} ${outcome}`} className="text-right">
                  {t(`decided.${outcome}`)}
                </TableHeader>
              )),
            )}
          </tr>
        </TableHead>
        <TableBody>
          {agreements.slice(0, MOST).map((one) => {
            const compared = one.decided - cellOf(one, "In Review", "Approved") - cellOf(one, "In Review", "Declined");
            return (
              <TableRow key={one.partnerApplicationId}>
                <th scope="row" className="max-w-40 px-3 py-1.5 text-left font-normal">
                  <Figure
                    href={importedHref(whole, { partner: one.partnerApplicationId, outcome: "decided" })}
                    className="max-w-full"
                  >
                    <span className="truncate">{nameOf(one.partnerApplicationId)}</span>
                  </Figure>
                </th>
                {SAID.map((said) =>
                  DECIDED.map(([decided, outcome]) => {
                    const number = cellOf(one, said, decided);
                    const differs = said !== "In Review" && said !== decided && number > 0;
                    return (
                      <TableCell key={`${said} ${outcome}`} className={`text-right ${differs ? "bg-warning-bg" : ""}`}>
                        {number === 0 ? (
                          <span className="text-muted tabular-nums">0</span>
                        ) : (
                          <Figure
                            href={importedHref(whole, { partner: one.partnerApplicationId, source: said, outcome })}
                            className={`justify-end ${differs ? "font-semibold text-foreground" : ""}`}
                          >
                            {formatNumber(number, locale)}
                          </Figure>
                        )}
                      </TableCell>
                    );
                  }),
                )}
                <TableCell className="text-right tabular-nums">
                  {compared === 0 ? "—" : formatPercent(one.otherwise / compared, locale)}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {hidden > 0 && <CardBody className="text-muted text-sm">{t("more", { count: hidden })}</CardBody>}
    </>
  );
}

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { Facts } from "../facts";
import { riskTone, Score } from "../score";
import { Columns, Fold, Part } from "../section";
import { SourceLink, Value } from "../value";
import { isEmpty, num, type Obj, obj, objs, text, texts, webAddress } from "../values";
import { useWords } from "../words";

const datasetTones: Record<string, Tone> = { SANCTION: "danger", PEP: "warning", ADVERSE_MEDIA: "info" };
const reviewTones: Record<string, Tone> = {
  "Confirmed Match": "danger",
  Unreviewed: "warning",
  Inconclusive: "info",
  "False Positive": "success",
};

export function ScreeningHit({ hit, open }: { hit: Obj; open: boolean }) {
  const t = useTranslations("record.screening");
  const { word } = useWords();
  const properties = obj(hit.properties);
  const review = text(hit.review_status) ?? "Unreviewed";
  const match = num(hit.match_score);
  const risk = num(hit.risk_score);
  const source = webAddress(hit.url);
  return (
    <Fold
      open={open}
      summary={
        <>
          <span className="min-w-0 break-words font-medium">{text(hit.caption) ?? t("unnamed")}</span>
          {texts(hit.datasets).map((dataset) => (
            <Badge key={dataset} size="sm" tone={datasetTones[dataset] ?? "neutral"}>
              {word(dataset)}
            </Badge>
          ))}
          <span className="ml-auto flex flex-wrap items-center gap-2">
            {match !== null && (
              <span className="text-muted text-xs">{t("matchShort", { score: Math.round(match) })}</span>
            )}
            {risk !== null && <span className="text-muted text-xs">{t("riskShort", { score: Math.round(risk) })}</span>}
            <Badge size="sm" tone={reviewTones[review] ?? "neutral"}>
              {word(review)}
            </Badge>
          </span>
        </>
      }
    >
      <Columns
        evidence={
          <>
            <Score label={t("matchScore")} value={match} tone="accent" />
            <Score label={t("riskScore")} value={risk} tone={risk === null ? undefined : riskTone(risk)} />
            <Risk view={obj(hit.risk_view)} />
          </>
        }
      >
        <Facts
          of={{ ...properties, ...hit }}
          keys={[
            "alias",
            "rca_name",
            "position",
            "title",
            "birthDate",
            "birthPlace",
            "nationality",
            "country",
            "gender",
            "education",
            "notes",
            "first_seen",
            "last_seen",
          ]}
          more={
            source ? [{ key: "source", term: t("source"), value: <SourceLink href={source}>{source}</SourceLink> }] : []
          }
        />
        <Breakdown of={obj(hit.score_breakdown)} />
      </Columns>
      <Listings title={t("pep")} of={hit.pep_matches} />
      <Listings title={t("sanctions")} of={hit.sanction_matches} />
      <Listings title={t("warnings")} of={hit.warning_matches} />
      <AdverseMedia of={hit.adverse_media_matches} details={obj(hit.adverse_media_details)} />
      <Linked of={hit.linked_entities} />
      {texts(obj(hit.additional_information)?.flag_summary).map((flag) => (
        <p key={flag} className="text-sm text-warning">
          {flag}
        </p>
      ))}
    </Fold>
  );
}

function Breakdown({ of }: { of: Obj | null }) {
  const t = useTranslations("record.screening");
  const locale = useLocale();
  const { word } = useWords();
  if (!of || isEmpty(of)) return null;
  const cell = (value: unknown) => {
    const number = num(value);
    return number === null ? "—" : formatNumber(number, locale, { maximumFractionDigits: 1 });
  };
  const total = num(of.total_score);
  const compared = text(of.document_number_match_type);
  return (
    <Part title={t("breakdown")}>
      <Table label={t("breakdown")}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-0">{t("part")}</TableHeader>
            <TableHeader className="text-right">{t("similarity")}</TableHeader>
            <TableHeader className="text-right">{t("weight")}</TableHeader>
            <TableHeader className="pr-0 text-right">{t("contribution")}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {(["name", "dob", "country"] as const).map((part) => (
            <TableRow key={part}>
              <th scope="row" className="h-8 text-left font-normal">
                {t(`parts.${part}`)}
              </th>
              <TableCell className="h-8 py-1 text-right tabular-nums">{cell(of[`${part}_score`])}</TableCell>
              <TableCell className="h-8 py-1 text-right tabular-nums">
                {cell(of[`${part}_weight_normalized`] ?? of[`${part}_weight`])} %
              </TableCell>
              <TableCell className="h-8 py-1 pr-0 text-right tabular-nums">
                {cell(of[`${part}_contribution`])}
              </TableCell>
            </TableRow>
          ))}
          {total !== null && (
            <TableRow>
              <th scope="row" colSpan={3} className="h-8 text-left font-medium">
                {t("total")}
              </th>
              <TableCell className="h-8 py-1 pr-0 text-right font-medium tabular-nums">{cell(total)}</TableCell>
            </TableRow>
          )}
        </TableBody>
      </Table>
      {compared && (
        <p className="mt-1 text-muted text-xs">
          {t("documentCompared")}: {word(compared)}
        </p>
      )}
    </Part>
  );
}

function Risk({ view }: { view: Obj | null }) {
  const t = useTranslations("record.screening");
  const { label, word } = useWords();
  const parts = Object.entries(view ?? {}).flatMap(([name, value]) => {
    const part = obj(value);
    const score = num(part?.score);
    return part && score !== null ? [{ name, part, score }] : [];
  });
  if (parts.length === 0) return null;
  return (
    <Part title={t("riskView")}>
      <ul className="flex flex-col gap-1 text-sm">
        {parts.map(({ name, part, score }) => (
          <li key={name} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="text-muted">{label(name)}</span>
            <span>
              {Math.round(score)} {text(part.risk_level) && `· ${word(String(part.risk_level))}`}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Box({ children }: { children: ReactNode }) {
  return <li className="min-w-0 rounded-md bg-subtle px-3 py-2">{children}</li>;
}

function Listings({ title, of }: { title: string; of: unknown }) {
  const entries = objs(of);
  if (entries.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="flex flex-col gap-2">
        {entries.map((entry, index) => (
          <Box key={text(entry.source_url) ?? index}>
            <Facts
              of={entry}
              columns={2}
              keys={[
                "matched_name",
                "aliases",
                "list_name",
                "publisher",
                "pep_position",
                "programme",
                "reason",
                "description",
                "date_of_birth",
                "place_of_birth",
                "education",
                "source_url",
                "other_sources",
              ]}
            />
          </Box>
        ))}
      </ul>
    </Part>
  );
}

function AdverseMedia({ of, details }: { of: unknown; details: Obj | null }) {
  const t = useTranslations("record.screening");
  const articles = objs(of);
  const keywords = Object.entries(obj(details?.adverse_keywords) ?? {});
  if (articles.length === 0 && keywords.length === 0) return null;
  return (
    <Part title={t("media")}>
      {keywords.length > 0 && (
        <p className="mb-2 flex flex-wrap gap-1.5">
          {keywords.map(([keyword, count]) => (
            <Badge key={keyword} size="sm">{`${keyword} · ${String(count)}`}</Badge>
          ))}
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {articles.map((article, index) => {
          const href = webAddress(article.source_url);
          return (
            <Box key={text(article.source_url) ?? index}>
              <p className="break-words font-medium text-sm">{text(article.headline) ?? t("unnamed")}</p>
              {text(article.summary) && <p className="break-words text-muted text-sm">{text(article.summary)}</p>}
              <p className="mt-1 flex flex-wrap gap-x-3 text-muted text-xs">
                {text(article.publication_date) && (
                  <span>
                    <Value name="publication_date" value={article.publication_date} />
                  </span>
                )}
                {text(article.sentiment) && (
                  <span>
                    <Value name="sentiment" value={article.sentiment} />
                  </span>
                )}
                <span>{texts(article.adverse_keywords).join(", ")}</span>
              </p>
              {href && (
                <p className="mt-1 text-xs">
                  <SourceLink href={href}>{href}</SourceLink>
                </p>
              )}
            </Box>
          );
        })}
      </ul>
    </Part>
  );
}

function Linked({ of }: { of: unknown }) {
  const t = useTranslations("record.screening");
  const linked = objs(of);
  if (linked.length === 0) return null;
  return (
    <Part title={t("linked")}>
      <ul className="flex flex-col gap-1 text-sm">
        {linked.map((one, index) => (
          <li key={text(one.name) ?? index}>
            {[text(one.name) ?? text(one.caption), text(one.relation), ...texts(one.datasets)]
              .filter(Boolean)
              .join(" · ")}
          </li>
        ))}
      </ul>
    </Part>
  );
}

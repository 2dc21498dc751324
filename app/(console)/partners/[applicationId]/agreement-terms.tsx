import { useLocale, useTranslations } from "next-intl";
import { Fragment, type ReactNode, useId } from "react";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { DescriptionList } from "@/components/ui/description-list";
import type { AgreementVersionView } from "@/domain/agreements/read";
import { type AgreementTerms, changedTerms } from "@/domain/agreements/rules";
import { formatDuration } from "@/lib/format";

/** One line of the terms: a value, or several of which each counts for itself. */
type Line = { key: string; term: string; fields: (keyof AgreementTerms)[]; values: string[]; list?: boolean };

/** The terms in the reader's language; what is signed is the text. */
function useLines(): (terms: AgreementTerms) => Line[] {
  const t = useTranslations("agreements");
  const locale = useLocale();
  const nameOf = useFeatureNames();
  const date = (day: string) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, { timeZone: "UTC", dateStyle: "medium" });
  const withNote = (text: string, note: string | null | undefined) => [[text, note].filter(Boolean).join(". ")];
  const yesOrNo = (yes: boolean) => [t(yes ? "yes" : "no")];
  return (terms) => [
    { key: "purposes", term: t("term.purposes"), fields: ["purposes"], values: terms.purposes, list: true },
    {
      key: "basis",
      term: t("term.legalBasis"),
      fields: ["legalBasis", "legalBasisNote"],
      values: withNote(t(`basis.${terms.legalBasis}`), terms.legalBasisNote),
    },
    { key: "kinds", term: t("term.kinds"), fields: ["kinds"], values: terms.kinds.map((kind) => t(`kind.${kind}`)) },
    { key: "sections", term: t("term.sections"), fields: ["sections"], values: terms.sections.map(nameOf) },
    { key: "media", term: t("term.media"), fields: ["media"], values: yesOrNo(terms.media) },
    {
      key: "ttl",
      term: t("term.ttlCeilingInSeconds"),
      fields: ["ttlCeilingInSeconds"],
      values: [formatDuration(terms.ttlCeilingInSeconds, locale)],
    },
    { key: "onward", term: t("term.onwardSharing"), fields: ["onwardSharing"], values: yesOrNo(terms.onwardSharing) },
    {
      key: "retention",
      term: t("term.retentionInDays"),
      fields: ["retentionInDays"],
      values: [t("days", { days: terms.retentionInDays })],
    },
    {
      key: "transfer",
      term: t("term.transferMechanism"),
      fields: ["transferMechanism", "transferNote"],
      values: withNote(t(`mechanism.${terms.transferMechanism}`), terms.transferNote),
    },
    { key: "review", term: t("term.reviewOn"), fields: ["reviewOn"], values: [date(terms.reviewOn)] },
    {
      key: "end",
      term: t("term.endsOn"),
      fields: ["endsOn"],
      values: [terms.endsOn ? date(terms.endsOn) : t("untilEnded")],
    },
  ];
}

export function Terms({ terms }: { terms: AgreementTerms }) {
  const linesOf = useLines();
  return (
    <DescriptionList
      items={linesOf(terms).map(({ key, term, values, list }) => ({
        key,
        term,
        value: list ? <Listed values={values} /> : values.join(", "),
      }))}
    />
  );
}

/** What differs between two versions, side by side, with what goes and what comes marked by more than colour. */
export function TermsCompared({
  before,
  after,
}: {
  before: Pick<AgreementVersionView, "version" | "terms">;
  after: Pick<AgreementVersionView, "version" | "terms">;
}) {
  const t = useTranslations("agreements");
  const titleId = useId();
  const linesOf = useLines();
  const changed = new Set(changedTerms(before.terms, after.terms));
  const old = linesOf(before.terms);
  const lines = linesOf(after.terms).flatMap((line, at) =>
    line.fields.some((field) => changed.has(field)) ? [{ ...line, was: old[at]!.values }] : [],
  );
  if (lines.length === 0) return <p className="text-sm">{t("compare.nothing", { version: before.version })}</p>;
  return (
    <div className="@container">
      <h5 id={titleId} className="pb-2 font-medium text-sm">
        {t("compare.title", { version: before.version })}
      </h5>
      <table aria-labelledby={titleId} className="w-full @max-md:block table-fixed text-sm">
        <thead className="@max-md:sr-only">
          <tr className="border-border border-b text-left text-muted">
            <th scope="col" className="w-1/4 py-1.5 pr-3 font-normal">
              {t("compare.term")}
            </th>
            <th scope="col" className="py-1.5 pr-3 font-normal">
              {t("version", { version: before.version })}
            </th>
            <th scope="col" className="py-1.5 font-normal">
              {t("version", { version: after.version })}
            </th>
          </tr>
        </thead>
        <tbody className="@max-md:block">
          {lines.map(({ key, term, values, was, list }) => (
            <tr
              key={key}
              className="@max-md:grid @max-md:grid-cols-2 border-border border-b align-top last:border-b-0 @max-md:gap-x-3"
            >
              <th
                scope="row"
                className="@max-md:col-span-2 py-1.5 @max-md:pb-0 pr-3 text-left font-normal text-muted wrap-anywhere"
              >
                {term}
              </th>
              <td className="py-1.5 pr-3 wrap-anywhere">
                <Marked values={was} other={values} as="del" list={list} />
              </td>
              <td className="py-1.5 wrap-anywhere">
                <Marked values={values} other={was} as="ins" list={list} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Marked({
  values,
  other,
  as: As,
  list,
}: {
  values: readonly string[];
  other: readonly string[];
  as: "del" | "ins";
  list?: boolean;
}) {
  const marked = (value: string) =>
    other.includes(value) ? (
      value
    ) : (
      <As className={As === "del" ? "text-muted" : "font-medium no-underline"}>{value}</As>
    );
  if (list) return <Listed values={values} show={marked} />;
  return values.map((value, at) => (
    <Fragment key={value}>
      {at > 0 && ", "}
      {marked(value)}
    </Fragment>
  ));
}

function Listed({
  values,
  show = (value) => value,
}: {
  values: readonly string[];
  show?: (value: string) => ReactNode;
}) {
  return (
    <ul className="list-inside list-disc">
      {values.map((value) => (
        <li key={value}>{show(value)}</li>
      ))}
    </ul>
  );
}

import { CircleCheck, CircleDashed, CircleMinus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { FactComparison, Said, Standing } from "@/domain/sessions/consistency";
import { cn } from "@/lib/cn";
import { Fold } from "./section";
import { Value } from "./value";
import { useWords } from "./words";

const verdicts = {
  same: { tone: "success", icon: CircleCheck },
  differs: { tone: "danger", icon: TriangleAlert },
  single: { tone: "neutral", icon: CircleDashed },
} as const satisfies Record<FactComparison["verdict"], { tone: Tone; icon: typeof CircleCheck }>;

const marks: Record<Exclude<Standing, "reference">, { tone: string; icon: typeof CircleCheck }> = {
  same: { tone: "text-success", icon: CircleCheck },
  part: { tone: "text-muted", icon: CircleCheck },
  script: { tone: "text-muted", icon: CircleMinus },
  differs: { tone: "text-danger font-medium", icon: TriangleAlert },
  denied: { tone: "text-danger font-medium", icon: TriangleAlert },
};

/** The same facts across the record, differences first and open: every value leads to the block that states it. */
export function Consistency({
  facts,
  placeOf,
}: {
  facts: readonly FactComparison[];
  /** The anchor of a block on the page; null when it is not there. */
  placeOf: (block: NonNullable<Said["block"]>) => string | null;
}) {
  const t = useTranslations("record.consistency");
  const { label } = useWords();
  const differing = facts.filter(({ verdict }) => verdict === "differs");
  const agreeing = facts.filter(({ verdict }) => verdict === "same");
  const alone = facts.filter(({ verdict }) => verdict === "single");
  const nameOf = (fact: string) => (fact === "address" ? t("address") : label(fact));
  return (
    <>
      {differing.length + agreeing.length === 0 && <p className="text-muted text-sm">{t("nothing")}</p>}
      {differing.map((fact) => (
        <div key={fact.fact} data-verdict={fact.verdict}>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium text-sm">{nameOf(fact.fact)}</h3>
            <Verdict of={fact.verdict} />
          </div>
          <Sources fact={fact} name={nameOf(fact.fact)} placeOf={placeOf} />
        </div>
      ))}
      {agreeing.length > 0 && (
        <ul aria-label={t("agreeing")} className="flex flex-col gap-1.5">
          {agreeing.map((fact) => (
            <li key={fact.fact} data-verdict={fact.verdict}>
              <Fold
                summary={
                  <>
                    <span className="text-muted">{nameOf(fact.fact)}</span>
                    <bdi className="min-w-0 break-words font-medium">
                      <FactValue fact={fact.fact} value={fact.said[0]?.value ?? ""} />
                    </bdi>
                    <span className="ml-auto flex items-center gap-2 text-muted text-xs">
                      {t("sourceCount", { count: fact.said.length })}
                      <Verdict of={fact.verdict} />
                    </span>
                  </>
                }
              >
                <Sources fact={fact} name={nameOf(fact.fact)} placeOf={placeOf} />
              </Fold>
            </li>
          ))}
        </ul>
      )}
      {alone.length > 0 && (
        <Fold summary={t("alone", { count: alone.length })}>
          {alone.map((fact) => (
            <div key={fact.fact}>
              <h3 className="font-medium text-sm">{nameOf(fact.fact)}</h3>
              <Sources fact={fact} name={nameOf(fact.fact)} placeOf={placeOf} />
            </div>
          ))}
        </Fold>
      )}
    </>
  );
}

function Verdict({ of }: { of: FactComparison["verdict"] }) {
  const t = useTranslations("record.consistency.verdict");
  const { tone, icon: Icon } = verdicts[of];
  return (
    <Badge size="sm" tone={tone} icon={<Icon aria-hidden />}>
      {t(of)}
    </Badge>
  );
}

function Sources({
  fact,
  name,
  placeOf,
}: {
  fact: FactComparison;
  name: string;
  placeOf: (block: NonNullable<Said["block"]>) => string | null;
}) {
  const t = useTranslations("record.consistency");
  return (
    <table aria-label={t("of", { name })} className="mt-1 w-full table-fixed border-collapse text-sm">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("source")}</th>
          <th scope="col">{t("value")}</th>
          <th scope="col">{t("result")}</th>
        </tr>
      </thead>
      <tbody>
        {fact.said.map((said, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
          <Source key={index} fact={fact} said={said} place={said.block ? placeOf(said.block) : "summary"} />
        ))}
      </tbody>
    </table>
  );
}

function Source({ fact, said, place }: { fact: FactComparison; said: Said; place: string | null }) {
  const t = useTranslations("record.consistency");
  const { word } = useWords();
  const source = t(`sources.${said.source}`);
  const detail =
    said.detail && (said.source === "document" || said.source === "company_document" ? word(said.detail) : said.detail);
  const differs = said.standing === "differs" || said.standing === "denied";
  return (
    <tr className={cn("align-top", differs && "bg-danger-bg")}>
      <th scope="row" className="w-[34%] break-words py-1 pr-2 pl-1.5 text-left font-normal text-muted">
        {place ? (
          <a
            href={`#${place}`}
            className="rounded-sm underline decoration-border-strong underline-offset-4 hover:text-foreground"
          >
            {source}
          </a>
        ) : (
          source
        )}
        {detail && <span className="block text-xs">{detail}</span>}
      </th>
      <td className="break-words py-1 pr-2">
        <bdi>
          {said.value === null ? (
            <span className="text-muted">{t("noValue")}</span>
          ) : (
            <FactValue fact={fact.fact} value={said.value} />
          )}
        </bdi>
      </td>
      <td className="w-[30%] py-1 pr-1.5 text-right text-xs sm:w-[26%]">
        <Mark standing={said.standing} />
      </td>
    </tr>
  );
}

/** As it stands in the record where the spelling matters: two digits of a year must not be made four. */
function FactValue({ fact, value }: { fact: string; value: string }) {
  return /date/.test(fact) && !/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : <Value name={fact} value={value} />;
}

function Mark({ standing }: { standing: Standing }) {
  const t = useTranslations("record.consistency.standing");
  if (standing === "reference") return <span className="text-muted">{t("reference")}</span>;
  const { tone, icon: Icon } = marks[standing];
  return (
    <span className={cn("inline-flex items-start gap-1 text-left", tone)}>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {t(standing)}
    </span>
  );
}

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Facts } from "../facts";
import type { BlockProps } from "../record-context";
import { riskTone, Score } from "../score";
import { Columns, Fold, Part } from "../section";
import { num, type Obj, obj, objs } from "../values";
import { ScreeningHit } from "./screening-hit";

const SHOWN = 8;
const order = ["Confirmed Match", "Unreviewed", "Inconclusive", "False Positive"];
const rank = (hit: Obj) => {
  const at = order.indexOf(String(hit.review_status));
  return at < 0 ? 1 : at;
};

export function Screening({ block }: BlockProps) {
  const t = useTranslations("record.screening");
  const hits = objs(block.hits).sort(
    (one, other) => rank(one) - rank(other) || (num(other.match_score) ?? 0) - (num(one.match_score) ?? 0),
  );
  const total = num(block.total_hits) ?? hits.length;
  const score = num(block.score);
  return (
    <>
      <Columns
        evidence={
          <>
            <Score label={t("score")} value={score} tone={score === null ? undefined : riskTone(score)} />
            <Facts of={block} keys={["is_ongoing_monitoring_enabled", "next_ongoing_monitoring_bill_date"]} />
          </>
        }
      >
        <Part title={t("screened")}>
          <Facts
            of={{ ...obj(block.screened_data), entity_type: block.entity_type }}
            keys={["entity_type", "full_name", "nationality", "date_of_birth", "document_number"]}
          />
        </Part>
      </Columns>
      <Part
        title={Array.isArray(block.hits) || total > 0 ? t("hits", { count: total }) : t("hitsUnknown")}
        aside={total > hits.length && hits.length > 0 && <Badge>{t("delivered", { count: hits.length })}</Badge>}
      >
        {hits.length === 0 ? (
          <p className="text-muted text-sm">
            {total === 0 && Array.isArray(block.hits) ? t("noHits") : t("notDelivered")}
          </p>
        ) : (
          <div className="flex flex-col gap-2">
            {hits.slice(0, SHOWN).map((hit, index) => (
              <ScreeningHit key={String(hit.id ?? index)} hit={hit} open={hits.length <= 2 || index === 0} />
            ))}
            {hits.length > SHOWN && (
              <Fold summary={t("moreHits", { count: hits.length - SHOWN })}>
                {hits.slice(SHOWN).map((hit, index) => (
                  <ScreeningHit key={String(hit.id ?? index)} hit={hit} open={false} />
                ))}
              </Fold>
            )}
          </div>
        )}
      </Part>
    </>
  );
}

import { Building2, UserRound } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { type Json, JsonView } from "@/components/ui/json-view";
import { Meter } from "@/components/ui/meter";
import { countryName, formatPercent } from "@/lib/format";
import { Facts } from "../facts";
import { Part } from "../section";
import { isEmpty, num, type Obj, obj, objs, text } from "../values";

const UBO_FROM = 25;
const MAX_DEPTH = 12;

const ownersOf = (node: Obj) =>
  [node.shareholders, node.owners, node.beneficial_owners, node.children].map(objs).find((list) => list.length > 0) ??
  [];
const percentOf = (node: Obj) =>
  num(node.ownership_percent) ?? num(node.percentage) ?? num(node.percent) ?? num(node.share);

/** Who owns the company through every known layer; the share that reaches it is the product along the way. */
export function Ownership({ structure }: { structure: unknown }) {
  const t = useTranslations("record.ownership");
  const root = obj(structure);
  if (!root || isEmpty(root)) return null;
  const owners = ownersOf(root);
  return (
    <Part title={t("title")}>
      <Facts of={root} keys={["source", "as_of"]} columns={2} className="mb-2" />
      {owners.length > 0 ? (
        <Holders of={owners} reaching={100} depth={0} layered={owners.some((owner) => ownersOf(owner).length > 0)} />
      ) : (
        <JsonView value={structure as Json} openDepth={1} />
      )}
    </Part>
  );
}

/** Where in the tree: the share that reaches the company from here, how deep, and whether there are layers at all. */
type Place = { reaching: number; depth: number; layered: boolean };

function Holders({ of, ...place }: { of: Obj[] } & Place) {
  const { depth } = place;
  if (depth > MAX_DEPTH) return null;
  return (
    <ul className={depth === 0 ? "flex flex-col" : "ml-2 flex flex-col border-border border-l pl-3 sm:ml-3 sm:pl-4"}>
      {of.map((holder, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
        <Holder key={index} holder={holder} {...place} />
      ))}
    </ul>
  );
}

function Holder({ holder, reaching, depth, layered }: { holder: Obj } & Place) {
  const t = useTranslations("record.ownership");
  const locale = useLocale();
  const owners = ownersOf(holder);
  const company = holder.entity_type === "company" || owners.length > 0;
  const Icon = company ? Building2 : UserRound;
  const percent = percentOf(holder);
  const effective = percent === null ? null : (reaching * percent) / 100;
  const name = text(holder.name) ?? text(holder.full_name) ?? text(holder.company_name) ?? t("unnamed");
  return (
    <li className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-border border-b py-1.5 text-sm">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 basis-48 break-words">
          {name}
          <span className="sr-only">, {company ? t("company") : t("person")}</span>{" "}
          <span className="text-muted text-xs">
            {[
              text(holder.country_code) && countryName(text(holder.country_code), locale),
              text(holder.registration_number),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </span>
        {!company && effective !== null && effective >= UBO_FROM && (
          <Badge size="sm" tone="accent">
            {t("ubo")}
          </Badge>
        )}
        {percent !== null && (
          <span className="flex items-center gap-2">
            <Meter label={t("share", { name })} value={percent} tone="accent" hideValue className="w-20" />
            <span className="w-12 text-right tabular-nums">{formatPercent(percent / 100, locale)}</span>
            {layered && (
              <span className="w-28 text-right text-muted text-xs tabular-nums">
                {depth > 0 && effective !== null && t("effective", { percent: formatPercent(effective / 100, locale) })}
              </span>
            )}
          </span>
        )}
      </div>
      {owners.length > 0 && (
        <Holders of={owners} reaching={effective ?? reaching} depth={depth + 1} layered={layered} />
      )}
    </li>
  );
}

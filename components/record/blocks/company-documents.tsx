import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { Evidence } from "../evidence";
import { Facts } from "../facts";
import type { BlockProps, RecordContext } from "../record-context";
import { Fold, Part } from "../section";
import { isEmpty, num, type Obj, obj, objs, text } from "../values";
import { WarningList } from "../warnings";
import { useWords } from "../words";

export function CompanyDocuments({ block, context }: BlockProps) {
  const t = useTranslations("record.documents");
  const { word } = useWords();
  const items = objs(block.items);
  const counters = obj(block.groups) ?? {};
  const required = new Set(Array.isArray(block.required_groups) ? block.required_groups.map(String) : []);
  const names = [...new Set([...Object.keys(counters), ...items.map((item) => text(item.group) ?? "other")])];
  const groups = names
    .map((name) => ({
      name,
      counter: obj(counters[name]),
      items: items.filter((item) => (text(item.group) ?? "other") === name),
    }))
    .filter(({ name, counter, items }) => items.length > 0 || required.has(name) || (num(counter?.expected) ?? 0) > 0);

  if (groups.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return groups.map(({ name, counter, items }) => {
    const missing = num(counter?.missing) ?? 0;
    const expected = num(counter?.expected);
    return (
      <Part
        key={name}
        title={word(name)}
        aside={
          <span className="flex flex-wrap items-center gap-2 text-muted text-xs">
            {expected !== null && t("counter", { approved: num(counter?.approved) ?? 0, expected })}
            {required.has(name) && <Badge size="sm">{t("required")}</Badge>}
          </span>
        }
      >
        <ul className="flex flex-col gap-2">
          {items.map((item, index) => (
            <Paper key={text(item.uuid) ?? index} item={item} context={context} />
          ))}
          {missing > 0 && (
            <li className="flex items-center gap-2 rounded-md border border-danger-border border-dashed bg-danger-bg px-3 py-2 text-danger text-sm">
              <CircleAlert aria-hidden className="size-4 shrink-0" />
              {t("missing", { count: missing })}
            </li>
          )}
        </ul>
      </Part>
    );
  });
}

function Paper({ item, context }: { item: Obj; context: RecordContext }) {
  const t = useTranslations("record.documents");
  const { word } = useWords();
  const name = text(item.document_type) ? word(String(item.document_type)) : (text(item.file_name) ?? t("paper"));
  const data = obj(item.extracted_data);
  const warnings = objs(item.warnings);
  return (
    <li className="min-w-0">
      <Fold
        open={warnings.length > 0}
        summary={
          <>
            <span className="min-w-0 break-words">{name}</span>
            {text(item.status) && (
              <span className="ml-auto">
                <FeatureStatusBadge status={String(item.status)} size="sm" />
              </span>
            )}
          </>
        }
      >
        <WarningList label={t("warningsOf", { name })} items={warnings.map((warning) => ({ warning }))} />
        <Facts of={item} keys={["file_name", "issue_date", "expiration_date", "issuer"]} />
        {!isEmpty(data) && <Facts of={data} keys={Object.keys(data ?? {})} />}
        <Evidence value={item.file_url} name="file_url" context={context} caption={name} shape="portrait" />
      </Fold>
    </li>
  );
}

import { useTranslations } from "next-intl";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { Evidence } from "../evidence";
import { Facts } from "../facts";
import type { BlockProps } from "../record-context";
import { Columns, Part } from "../section";
import { objs, text } from "../values";
import { useWords } from "../words";

const PICTURES = ["file_url", "front_image", "document_file"] as const;

export function DocumentAi({ block, context }: BlockProps) {
  const t = useTranslations("record.documents");
  const { word } = useWords();
  return objs(block.items).map((item, index) => (
    <Part
      key={text(item.uuid) ?? text(item.id) ?? index}
      title={text(item.document_type) ? word(String(item.document_type)) : t("document", { number: index + 1 })}
      aside={text(item.status) && <FeatureStatusBadge status={String(item.status)} size="sm" />}
    >
      <Columns
        evidence={PICTURES.map((name) => <Evidence key={name} value={item[name]} name={name} context={context} />)}
      >
        <Facts
          of={item}
          keys={Object.keys(item).filter(
            (key) =>
              !["uuid", "id", "status", "document_type", "warnings"].includes(key) &&
              !(PICTURES as readonly string[]).includes(key),
          )}
        />
      </Columns>
    </Part>
  ));
}

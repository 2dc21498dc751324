import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Evidence } from "../evidence";
import { Facts } from "../facts";
import type { RecordContext } from "../record-context";
import { Score } from "../score";
import { Part } from "../section";
import { num, obj, objs, text } from "../values";

/** Other sessions that carry the same face, document, number or address. */
export function Matches({ of, context }: { of: unknown; context: RecordContext }) {
  const t = useTranslations("record.matches");
  const matches = objs(of);
  if (matches.length === 0) return null;
  return (
    <Part title={t("title", { count: matches.length })}>
      <ul className="grid gap-3 lg:grid-cols-2">
        {matches.map((match, index) => {
          const person = obj(match.user_details);
          return (
            <li
              key={text(match.session_id) ?? index}
              className="flex min-w-0 gap-3 rounded-md border border-border p-3 text-sm"
            >
              <div className="w-20 shrink-0 empty:hidden">
                <Evidence
                  value={match.match_image_url ?? match.front_image_url}
                  name="match_image_url"
                  context={context}
                  shape="portrait"
                />
              </div>
              <div className="flex min-w-0 flex-1 flex-col gap-2">
                <span className="flex flex-wrap gap-1.5 empty:hidden">
                  {match.is_blocklisted === true && <Badge tone="danger">{t("blocklisted")}</Badge>}
                  {match.is_allowlisted === true && <Badge tone="success">{t("allowlisted")}</Badge>}
                </span>
                <Facts
                  of={{ ...match, ...person, name: person?.full_name ?? person?.name }}
                  keys={[
                    "name",
                    "source",
                    "session_number",
                    "vendor_data",
                    "verification_date",
                    "document_type",
                    "document_number",
                    "status",
                  ]}
                />
                <Score label={t("similarity")} value={num(match.similarity_percentage)} tone="warning" />
              </div>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

import { useTranslations } from "next-intl";
import { Value } from "@/components/record/value";
import { isEmpty } from "@/components/record/values";
import { useWords } from "@/components/record/words";
import { DateTime } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { featureNamed } from "@/domain/sessions/blocks";
import { differencesOf } from "@/domain/sessions/changes";
import type { SessionView } from "@/domain/sessions/read";
import { Panel } from "./panel";

/** How the record differs from how it came in: field, before, after, by whom, when. */
export function Changes({ view }: { view: SessionView }) {
  const t = useTranslations("record.changes");
  const { label, feature } = useWords();
  const differences = differencesOf(view.changes);
  const imported = view.provenance !== null;
  if (differences.length === 0 && !imported) return null;
  const title = t(imported ? "sinceImport" : "here");
  return (
    <Panel id="changes" title={title}>
      {differences.length === 0 ? (
        <p className="text-muted text-sm">{t("none")}</p>
      ) : (
        <Table label={title}>
          <TableHead>
            <TableRow>
              <TableHeader className="pl-0">{t("field")}</TableHeader>
              <TableHeader>{t(imported ? "imported" : "before")}</TableHeader>
              <TableHeader>{t("now")}</TableHeader>
              <TableHeader className="pr-0">{t("by")}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {differences.map((one) => {
              const name = one.field.split(".").at(-1) ?? one.field;
              return (
                <TableRow key={`${one.feature} ${one.field}`} className="align-top">
                  <th scope="row" className="min-w-28 py-1.5 pr-3 text-left align-top font-normal">
                    {label(name)}
                    {one.feature && (
                      <span className="block text-muted text-xs">{feature(featureNamed(one.feature))}</span>
                    )}
                  </th>
                  <TableCell className="min-w-28 break-words align-top">
                    <Said name={name} value={one.before} />
                  </TableCell>
                  <TableCell className="min-w-28 break-words align-top font-medium">
                    <Said name={name} value={one.after} />
                  </TableCell>
                  <TableCell className="break-words pr-0 align-top">
                    {one.by}
                    <span className="block text-muted text-xs">
                      <DateTime value={one.at} />
                    </span>
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

function Said({ name, value }: { name: string; value: unknown }) {
  const t = useTranslations("record.changes");
  return isEmpty(value) ? <span className="text-muted">{t("empty")}</span> : <Value name={name} value={value} />;
}

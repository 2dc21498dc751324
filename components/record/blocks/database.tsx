import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Facts } from "../facts";
import type { BlockProps } from "../record-context";
import { Fold, Part } from "../section";
import { Value } from "../value";
import { isEmpty, type Obj, obj, objs, text, texts } from "../values";
import { useWords } from "../words";

const looks: Record<string, { tone: Tone; icon: typeof CircleCheck }> = {
  full_match: { tone: "success", icon: CircleCheck },
  partial_match: { tone: "warning", icon: CircleDashed },
  no_match: { tone: "danger", icon: CircleX },
};

export function MatchBadge({ value }: { value: unknown }) {
  const { word } = useWords();
  const given = text(value);
  if (!given) return <span className="text-muted">—</span>;
  const look = looks[given];
  const Icon = look?.icon ?? CircleDashed;
  return (
    <Badge size="sm" tone={look?.tone ?? "neutral"} icon={<Icon aria-hidden />}>
      {word(given)}
    </Badge>
  );
}

export function DatabaseCheck({ block }: BlockProps) {
  const t = useTranslations("record.database");
  const { label } = useWords();
  const screened = obj(block.screened_data);
  const errors = Array.isArray(block.errors) ? block.errors : [];
  return (
    <>
      <Facts
        of={block}
        columns={2}
        keys={["issuing_state", "validation_type"]}
        more={[{ key: "match", term: label("match_type"), value: <MatchBadge value={block.match_type} /> }]}
      />
      {objs(block.validations).map((service, index) => (
        <Service key={text(service.service_id) ?? index} service={service} screened={screened} />
      ))}
      {!isEmpty(screened) && (
        <Fold summary={t("screened")}>
          <Facts of={screened} keys={Object.keys(screened ?? {})} />
        </Fold>
      )}
      {errors.length > 0 && (
        <p className="break-words text-danger text-sm">
          {errors.map((error) => text(error) ?? JSON.stringify(error)).join(", ")}
        </p>
      )}
    </>
  );
}

function Service({ service, screened }: { service: Obj; screened: Obj | null }) {
  const t = useTranslations("record.database");
  const { label } = useWords();
  const source = obj(service.source_data);
  const fields = [...new Set([...Object.keys(obj(service.validation) ?? {}), ...Object.keys(source ?? {})])];
  const name = text(service.service_name) ?? text(service.service_id) ?? t("service");
  return (
    <Part title={name} aside={<span className="text-muted text-xs">{texts(service.outcome_code).join("")}</span>}>
      {text(service.outcome_detail) && <p className="mb-1 text-muted text-sm">{text(service.outcome_detail)}</p>}
      {fields.length > 0 && (
        <Table label={name}>
          <TableHead>
            <TableRow>
              <TableHeader className="pl-0">{t("field")}</TableHeader>
              <TableHeader>{t("given")}</TableHeader>
              <TableHeader>{t("registry")}</TableHeader>
              <TableHeader className="pr-0">{t("result")}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {fields.map((field) => (
              <TableRow key={field}>
                <th scope="row" className="h-9 whitespace-nowrap text-left font-normal text-muted">
                  {label(field)}
                </th>
                <TableCell>
                  <Cell name={field} value={given(screened, field)} />
                </TableCell>
                <TableCell>
                  <Cell name={field} value={given(source, field)} />
                </TableCell>
                <TableCell className="pr-0">
                  <MatchBadge value={obj(service.validation)?.[field]} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Part>
  );
}

/** Whoever compares full names may have been given them in parts. */
function given(of: Obj | null, field: string): unknown {
  if (field !== "full_name" || !isEmpty(of?.full_name)) return of?.[field];
  return [text(of?.first_name), text(of?.last_name)].filter(Boolean).join(" ");
}

function Cell({ name, value }: { name: string; value: unknown }) {
  return isEmpty(value) ? <span className="text-muted">—</span> : <Value name={name} value={value} />;
}

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { type ApiDocument, type LocatedOperation, refusalsOf } from "@/lib/openapi-document";
import { fieldsOf } from "@/lib/openapi-fields";
import { Prose } from "../../prose";
import { Fields } from "./fields";

/** What comes back: the answers of success with their fields, and every refusal with its body. */
export function Responses({
  operation,
  schemas,
}: {
  operation: LocatedOperation;
  schemas: ApiDocument["components"]["schemas"];
}) {
  const t = useTranslations("developers.reference");
  const answers = Object.entries(operation.responses).filter(([status]) => Number(status) < 300);
  const refusals = refusalsOf(operation);
  return (
    <>
      {answers.map(([status, { description, content }]) => {
        const json = content?.["application/json"];
        const fields = fieldsOf(json?.schema, schemas);
        const [type] = Object.keys(content ?? {});
        return (
          <Card key={status}>
            <CardHeader
              level={3}
              title={
                <span className="flex items-baseline gap-2">
                  {t("responses")}
                  <Badge tone="success" size="sm" className="font-mono">
                    {status}
                  </Badge>
                </span>
              }
              description={<Prose text={description} />}
            />
            <CardBody className="flex flex-col gap-4 text-sm">
              {!json && <p className="text-muted">{type ? t("file", { type }) : t("noBody")}</p>}
              {fields.length > 0 && <Fields fields={fields} ofAnswer />}
              {json && isOpen(json.schema) && <p className="text-muted">{t("looseAnswer")}</p>}
              {json && (
                <CodeBlock
                  label={t("exampleOf", { name: status })}
                  code={JSON.stringify(json.example, null, 2) ?? ""}
                />
              )}
            </CardBody>
          </Card>
        );
      })}
      <Card>
        <CardHeader title={t("refusals")} level={3} />
        <CardBody>
          <ul className="divide-y divide-border">
            {refusals.map(({ status, code, example }) => (
              <li key={code} className="py-1 first:pt-0 last:pb-0">
                <details>
                  <summary className="flex min-h-7 cursor-pointer items-center gap-2 rounded-sm text-sm">
                    <Badge tone={status < 500 ? "warning" : "danger"} size="sm" className="font-mono">
                      {status}
                    </Badge>
                    <code className="break-all font-mono text-xs">{code}</code>
                  </summary>
                  <CodeBlock
                    className="my-2"
                    label={t("exampleOf", { name: code })}
                    code={JSON.stringify(example, null, 2)}
                  />
                </details>
              </li>
            ))}
          </ul>
        </CardBody>
      </Card>
    </>
  );
}

const isOpen = ({ additionalProperties }: { additionalProperties?: unknown }) =>
  additionalProperties !== undefined && additionalProperties !== false;

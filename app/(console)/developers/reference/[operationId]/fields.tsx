import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Field } from "@/lib/openapi-fields";
import { Prose } from "../../prose";

/** Names, types and meanings; what lies deeper opens without scripts. Of an answer it matters little what is always there. */
export function Fields({ fields, ofAnswer = false }: { fields: readonly Field[]; ofAnswer?: boolean }) {
  return (
    <ul className="divide-y divide-border">
      {fields.map((field) => (
        <FieldRow key={field.name} field={field} ofAnswer={ofAnswer} />
      ))}
    </ul>
  );
}

function FieldRow({ field, ofAnswer }: { field: Field; ofAnswer: boolean }) {
  const t = useTranslations("developers.reference");
  const { name, type, required, description, values, fields } = field;
  return (
    <li className="flex min-w-0 flex-col gap-1 py-2 text-sm first:pt-0 last:pb-0">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <code className="break-all font-medium font-mono text-xs">{name}</code>
        <span lang="en" className="text-muted text-xs">
          {type}
        </span>
        {required && !ofAnswer && (
          <Badge size="sm" tone="accent">
            {t("required")}
          </Badge>
        )}
      </div>
      {description && (
        <p>
          <Prose text={description} />
        </p>
      )}
      {values && (
        <p className="flex flex-wrap items-baseline gap-1 text-muted text-xs">
          {t("oneOf")}
          {values.map((value) => (
            <code key={value} className="rounded-sm bg-subtle px-1 font-mono text-foreground">
              {value}
            </code>
          ))}
        </p>
      )}
      {field.default !== undefined && (
        <p className="break-words text-muted text-xs">{t("default", { value: JSON.stringify(field.default) })}</p>
      )}
      {fields.length > 0 && (
        <details>
          <summary className="min-h-6 w-fit cursor-pointer rounded-sm text-accent text-xs leading-6">
            {t("more", { name, count: fields.length })}
          </summary>
          <div className="mt-1 border-border border-l pl-3">
            <Fields fields={fields} ofAnswer={ofAnswer} />
          </div>
        </details>
      )}
    </li>
  );
}

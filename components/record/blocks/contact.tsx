import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Facts } from "../facts";
import type { BlockProps, RecordContext } from "../record-context";
import { Columns, Part } from "../section";
import { Value } from "../value";
import { isEmpty, type Obj, obj, objs, text } from "../values";
import { useWords } from "../words";
import { Matches } from "./matches";

export function Phone({ block, context }: BlockProps) {
  const { label } = useWords();
  const carrier = obj(block.carrier);
  return (
    <Contact block={block} context={context} flags={["is_disposable", "is_virtual"]}>
      <Facts
        of={{
          ...block,
          full_number: block.full_number ?? `${block.phone_number_prefix ?? ""}${block.phone_number ?? ""}`,
          // Shown under the name's label, in the reader's language where the code is known.
          country: block.country_code ?? block.country_name,
        }}
        keys={["full_number", "country"]}
        more={[
          {
            key: "carrier",
            term: label("carrier"),
            value: [text(carrier?.name), text(carrier?.type)].filter(Boolean).join(" · "),
          },
        ]}
      />
      <Facts of={block} keys={["verification_method", "verification_attempts", "verified_at"]} />
    </Contact>
  );
}

export function Email({ block, context }: BlockProps) {
  const t = useTranslations("record.contact");
  const breaches = objs(block.breaches);
  return (
    <Contact block={block} context={context} flags={["is_breached", "is_disposable", "is_undeliverable"]}>
      <Facts of={block} keys={["email", "verification_attempts", "verified_at"]} />
      {breaches.length > 0 && (
        <Part title={t("breaches", { count: breaches.length })}>
          <ul className="flex flex-col gap-1 text-sm">
            {breaches.map((breach, index) => (
              <li key={text(breach.name) ?? index} className="break-words">
                <span className="font-medium">{text(breach.name)}</span>{" "}
                <span className="text-muted">
                  {text(breach.domain)} {!isEmpty(breach.breach_date) && <Value name="d" value={breach.breach_date} />}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </Contact>
  );
}

function Contact({
  block,
  context,
  flags,
  children,
}: {
  block: Obj;
  context: RecordContext;
  flags: readonly string[];
  children: ReactNode;
}) {
  return (
    <>
      <Columns evidence={<Lifecycle of={block.lifecycle} />}>
        <Flags of={block} names={flags} />
        {children}
      </Columns>
      <Matches of={block.matches} context={context} />
    </>
  );
}

/** What speaks against it, loud; that nothing does, quiet. */
export function Flags({ of, names }: { of: Obj; names: readonly string[] }) {
  const { label } = useWords();
  const given = names.filter((name) => typeof of[name] === "boolean");
  const t = useTranslations("record.contact");
  if (given.length === 0) return null;
  const raised = given.filter((name) => of[name] === true);
  return (
    <p className="flex flex-wrap gap-1.5 text-sm">
      {raised.map((name) => (
        <Badge key={name} tone="warning">
          {label(name)}
        </Badge>
      ))}
      {raised.length === 0 && (
        <span className="text-muted">
          {t("noFlags")}: {given.map(label).join(", ")}
        </span>
      )}
    </p>
  );
}

function Lifecycle({ of }: { of: unknown }) {
  const t = useTranslations("record.contact");
  const { word } = useWords();
  const steps = objs(of);
  if (steps.length === 0) return null;
  return (
    <Part title={t("lifecycle")}>
      <ol className="flex flex-col border-border border-l pl-3 text-sm">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
          <li key={index} className="py-1">
            {word(text(step.type) ?? "")}
            {!isEmpty(step.timestamp) && (
              <span className="block text-muted text-xs">
                <Value name="timestamp" value={step.timestamp} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
}

import { useTranslations } from "next-intl";
import { anchorClasses } from "@/components/record/section";
import { objs } from "@/components/record/values";
import { bySeverity, severityOf, WarningList } from "@/components/record/warnings";
import { cn } from "@/lib/cn";
import type { RecordPart } from "./parts";

const boxes = {
  error: "border-danger-border bg-danger-bg",
  warning: "border-warning-border bg-warning-bg",
  information: "border-info-border bg-info-bg",
};

/** Every warning of the record in one place, the gravest first, each leading to its block. */
export function AllWarnings({ parts }: { parts: readonly RecordPart[] }) {
  const t = useTranslations("record");
  const warnings = parts
    .flatMap((part) => objs(part.block.warnings).map((warning) => ({ part, warning })))
    .sort((one, other) => bySeverity(one.warning, other.warning));
  if (warnings.length === 0) return null;
  const [first] = warnings;
  const gravest = first ? severityOf(first.warning) : "information";
  return (
    <section
      id="warnings"
      aria-labelledby="warnings-title"
      className={cn("rounded-lg border px-4 py-3", boxes[gravest], anchorClasses)}
    >
      <h2 id="warnings-title" className="mb-2 font-semibold text-base">
        {t("warningsTitle", { count: warnings.length })}
      </h2>
      <WarningList
        label={t("nav.warnings")}
        items={warnings.map(({ part, warning }) => ({
          warning,
          place: (
            <a
              href={`#${part.id}`}
              className="inline-flex min-h-6 items-center rounded-sm text-foreground underline decoration-border-strong underline-offset-4 hover:decoration-current"
            >
              {part.title}
            </a>
          ),
        }))}
      />
    </section>
  );
}

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { PolicyTrial } from "@/domain/partners/policies";

/** What a policy would have done with past imports. */
export function PolicyTrialCallout({ trial }: { trial: PolicyTrial }) {
  const t = useTranslations("policy");
  const { tried, outcomes, narrowed, reasons, hasMore } = trial;
  if (tried === 0) {
    return (
      <Callout tone="neutral" announce>
        {t("trial.none")}
      </Callout>
    );
  }
  return (
    <Callout tone={outcomes.keep === tried ? "success" : "warning"} announce title={t("trial.title")}>
      <p>
        {t("trial.tried", { tried, ...outcomes })} {outcomes.keep < tried && t("trial.narrowed", { narrowed })}{" "}
        {hasMore && t("trial.newest")}
      </p>
      {reasons.length > 0 && (
        <ul className="my-1 list-disc pl-5">
          {reasons.map(({ code, count }) => (
            <li key={code}>
              {t(`short.${code}`)}: {count}
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted">{t("trial.note")}</p>
    </Callout>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { OUTCOMES, type Outcome, type Scenario } from "@/domain/walks/rules";

/** The short way, for whoever tests what comes after the verification. */
export function EndHere({
  scenario,
  busy,
  offersScenario,
  onEnd,
}: {
  scenario: Scenario | null;
  busy: string | null;
  offersScenario: boolean;
  onEnd: (status?: Outcome) => void;
}) {
  const t = useTranslations("verification.end");
  return (
    <section aria-labelledby="end-here" className="flex flex-col gap-3 border-border border-t pt-5">
      <div>
        <h2 id="end-here" className="font-semibold text-base">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("text")}</p>
      </div>
      {scenario && offersScenario && (
        <div className="flex flex-col gap-2">
          <p className="text-sm">
            {t.rich("armed", {
              scenario,
              code: (name) => <code className="break-all font-mono text-xs">{name}</code>,
            })}
          </p>
          <Button className="w-full sm:w-fit" loading={busy === "finish"} onClick={() => onEnd()}>
            {t("scenario")}
          </Button>
        </div>
      )}
      <div className="grid gap-2 sm:flex sm:flex-wrap">
        {OUTCOMES.map((outcome) => (
          <Button key={outcome} loading={busy === outcome} onClick={() => onEnd(outcome)}>
            {t(outcome)}
          </Button>
        ))}
      </div>
    </section>
  );
}

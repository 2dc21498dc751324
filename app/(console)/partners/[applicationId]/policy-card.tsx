import { useTranslations } from "next-intl";
import { usePolicyWords } from "@/components/partners/policy-words";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import type { PolicyVersion } from "@/domain/partners/policies";
import type { PolicyRule } from "@/domain/partners/policy";
import { PolicyEditor } from "./policy-editor";

/** What is asked of this partner's verifications now, and what was asked before. */
export function PolicyCard({
  partnerApplicationId,
  mayWrite,
  mayTry,
  versions,
}: {
  partnerApplicationId: string;
  mayWrite: boolean;
  mayTry: boolean;
  versions: readonly PolicyVersion[];
}) {
  const t = useTranslations("policy");
  const [current, ...earlier] = versions;
  return (
    <Card>
      <CardHeader
        title={t("title")}
        description={t("description")}
        actions={current && <Badge>{t("version", { version: current.version })}</Badge>}
      />
      {mayWrite ? (
        <PolicyEditor
          partnerApplicationId={partnerApplicationId}
          version={current?.version ?? 0}
          saved={current?.rules ?? []}
          mayTry={mayTry}
        />
      ) : (
        <CardBody>
          {current && current.rules.length > 0 ? (
            <Rules rules={current.rules} />
          ) : (
            <p className="text-muted text-sm">{t("none")}</p>
          )}
        </CardBody>
      )}
      {current && (
        <CardBody className="border-border border-t text-sm">
          <By version={current} />
          {earlier.length > 0 && (
            <details className="mt-2">
              <summary className="cursor-pointer rounded-sm font-medium">{t("history")}</summary>
              <ol className="mt-2 flex flex-col gap-3">
                {earlier.map((version) => (
                  <li key={version.version}>
                    <By version={version} />
                    {version.rules.length > 0 ? (
                      <Rules rules={version.rules} />
                    ) : (
                      <p className="text-muted">{t("noRules")}</p>
                    )}
                  </li>
                ))}
              </ol>
            </details>
          )}
        </CardBody>
      )}
    </Card>
  );
}

function By({ version }: { version: PolicyVersion }) {
  const t = useTranslations("policy");
  return (
    <p className="flex flex-wrap gap-x-2 text-muted">
      <span>{t("version", { version: version.version })}</span>
      <span className="min-w-0 break-words">{t("by", { name: version.createdByLabel })}</span>
      <DateTime value={version.createdAt} />
    </p>
  );
}

function Rules({ rules }: { rules: readonly PolicyRule[] }) {
  const t = useTranslations("policy");
  const words = usePolicyWords();
  return (
    <ul className="list-disc space-y-0.5 pl-5 text-sm">
      {rules.map((rule) => (
        <li key={JSON.stringify(rule)}>
          {words.says(rule)} <span className="text-muted">({t(`then.${rule.outcome}`)})</span>
        </li>
      ))}
    </ul>
  );
}

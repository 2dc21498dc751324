import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { WorkflowVersion } from "@/domain/workflows/read";
import { changesBetween, type Settings } from "@/domain/workflows/rules";
import { formatDuration } from "@/lib/format";

/** Every version, newest first, and what each says otherwise than the one before it. */
export async function Versions({
  versions,
  currentId,
  nameOf,
}: {
  versions: readonly WorkflowVersion[];
  currentId: string;
  nameOf: (feature: string) => string;
}) {
  const [t, format, locale] = await Promise.all([getTranslations("workflows"), getFormatter(), getLocale()]);
  const names = (features: readonly string[]) => format.list(features.map(nameOf));

  const written = (key: keyof Settings, settings: Settings) => {
    if (key === "sessionExpirationInSeconds") return formatDuration(settings[key], locale);
    if (key === "retryWindowInDays") return settings[key] === null ? t("versions.anyTime") : String(settings[key]);
    return String(settings[key]);
  };

  function changes(version: WorkflowVersion, before: WorkflowVersion | undefined): string[] {
    if (!before) return [t("versions.first")];
    const changed = changesBetween(before, version);
    const said = [
      changed.label && t("versions.label", { name: version.label }),
      changed.added.length > 0 && t("versions.added", { features: names(changed.added) }),
      changed.removed.length > 0 && t("versions.removed", { features: names(changed.removed) }),
      changed.reordered && t("versions.reordered"),
      changed.changed.length > 0 && t("versions.changed", { features: names(changed.changed) }),
      ...changed.settings.map((key) =>
        t(`versions.setting.${key}`, {
          before: written(key, before.settings),
          after: written(key, version.settings),
        }),
      ),
    ].filter((one): one is string => Boolean(one));
    return said.length > 0 ? said : [t("versions.same")];
  }

  return (
    <Card>
      <CardHeader title={t("versions.title")} />
      <ol reversed aria-label={t("versions.title")} className="divide-y divide-border">
        {versions.map((version, index) => {
          const date = format.dateTime(version.publishedAt ?? version.updatedAt, {
            dateStyle: "medium",
            timeStyle: "short",
          });
          return (
            <li key={version.versionId} className="flex flex-col gap-1 px-4 py-3 text-sm">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{t("versions.version", { version: String(version.version) })}</span>
                {version.status === "draft" ? (
                  <Badge size="sm">{t("badge.draft")}</Badge>
                ) : (
                  version.versionId === currentId && (
                    <Badge size="sm" tone="success">
                      {t("versions.current")}
                    </Badge>
                  )
                )}
              </span>
              <span className="break-words text-muted text-xs">
                {t(version.status === "draft" ? "versions.draftBy" : "versions.publishedBy", {
                  date,
                  name: version.createdByLabel,
                })}
              </span>
              <ul className="list-disc pl-4 marker:text-muted">
                {changes(version, versions[index + 1]).map((one) => (
                  <li key={one} className="break-words">
                    {one}
                  </li>
                ))}
              </ul>
              <details>
                <summary className="min-h-6 cursor-pointer rounded-sm text-muted hover:text-foreground">
                  {t("versions.steps", { version: String(version.version) })}
                </summary>
                <ol className="list-decimal pt-1 pl-5 marker:text-muted">
                  {version.steps.map((step, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a version never changes its order
                    <li key={place} className="break-words">
                      {step.label ? `${step.label} (${nameOf(step.feature)})` : nameOf(step.feature)}
                    </li>
                  ))}
                </ol>
              </details>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

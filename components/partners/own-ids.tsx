"use client";

import { useTranslations } from "next-intl";
import { CopyText } from "@/components/ui/copy-text";

/** The two ids by which others name this application when they mint for it. */
export function OwnIds({ applicationId, clientId }: { applicationId: string; clientId: string }) {
  const t = useTranslations("partners.own");
  return (
    <section
      aria-label={t("title")}
      className="mb-4 flex flex-wrap items-center gap-x-8 gap-y-2 rounded-lg border border-border bg-surface px-4 py-3"
    >
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="font-medium text-sm">{t("title")}</h2>
        <p className="text-muted text-sm">{t("description")}</p>
      </div>
      <dl className="flex min-w-0 flex-wrap gap-x-8 gap-y-2 text-sm">
        <div className="min-w-0">
          <dt className="text-muted text-xs">{t("applicationId")}</dt>
          <dd>
            <CopyText text={applicationId} label={t("applicationId")} />
          </dd>
        </div>
        <div className="min-w-0">
          <dt className="text-muted text-xs">{t("clientId")}</dt>
          <dd>
            <CopyText text={clientId} label={t("clientId")} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

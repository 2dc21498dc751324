"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { isWorking } from "@/domain/exports/rules";
import { downloadHref } from "./use-export";
import { useExports } from "./use-exports";

/** Tells, on whichever screen the reader is, that an export that was being written is ready. */
export function ExportWatch({ applicationId }: { applicationId: string }) {
  const t = useTranslations("exports");
  const { data } = useExports(applicationId);
  const awaited = useRef(new Set<string>());
  useEffect(() => {
    for (const one of data ?? []) {
      if (isWorking(one.status)) awaited.current.add(one.id);
      else if (awaited.current.delete(one.id)) {
        const list = t(`list.${one.list}`);
        if (one.status === "ready")
          toast.success(t("ready", { list }), {
            description: t("rows", { count: one.doneRows }),
            duration: 20_000,
            action: { label: t("download"), onClick: () => window.location.assign(downloadHref(one.id)) },
          });
        else if (one.status === "failed")
          toast.error(t("failedOf", { list }), { description: one.failure ? t(`failure.${one.failure}`) : undefined });
      }
    }
  }, [data, t]);
  return null;
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import type { ExportFormat, ExportListName } from "@/domain/exports/rules";
import { requestExportAction } from "./actions";
import type { ExportItem } from "./load";

export const EXPORTS = "exports";
export const downloadHref = (exportId: string) => `/api/console/exports/${exportId}`;

export interface WhatToExport {
  applicationId: string;
  list: ExportListName;
  /** The list's own address, with its filters. */
  query: string;
  words?: string | null;
}

/** A short list is saved at once; of a long one the reader is told when it is ready, wherever they are by then. */
export function useExport({ applicationId, list, query, words = null }: WhatToExport) {
  const t = useTranslations("exports");
  const tErrors = useTranslations("errors.code");
  const client = useQueryClient();
  const [isAsking, startTransition] = useTransition();
  const start = (format: ExportFormat) =>
    startTransition(async () => {
      const result = await requestExportAction({ applicationId, list, format, query, words });
      if (!result.ok) {
        toast.error(t("failed"), { description: tErrors(result.code) });
        return;
      }
      const { data } = result;
      client.setQueryData<ExportItem[]>([EXPORTS, applicationId], (all) => [data, ...(all ?? [])]);
      if (data.status === "ready") window.location.assign(downloadHref(data.id));
      else toast.info(t("begun"), { description: t("begunText") });
    });
  return { start, isAsking };
}

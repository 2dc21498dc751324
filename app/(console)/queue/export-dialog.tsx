"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { formatNumber } from "@/lib/format";
import { listHref } from "@/lib/keyset";

/** Says what will be written before it is: how many cases, and which facts of them. */
export function ExportDialog({
  query,
  count,
  exact,
  onClose,
}: {
  /** What the address of the file says: filters, or the chosen sessions. */
  query: Record<string, string>;
  count: number;
  exact: boolean;
  onClose: () => void;
}) {
  const t = useTranslations("queue.export");
  const locale = useLocale();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title")}>
        <DialogBody className="flex flex-col gap-3 text-sm">
          <p>{t(exact ? "count" : "countMore", { count, shown: formatNumber(count, locale) })}</p>
          <p>{t("columns")}</p>
          <p className="text-muted">{t("trail")}</p>
        </DialogBody>
        <DialogFooter>
          {(["csv", "json"] as const).map((format) => (
            <Button key={format} asChild variant={format === "csv" ? "primary" : "secondary"}>
              <a href={listHref("/api/console/queue/export", { ...query, format })} download onClick={onClose}>
                <Download aria-hidden />
                {t(format)}
              </a>
            </Button>
          ))}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

/** What can be done with the selected rows. Floats at the foot of the page, so that nothing moves when it appears. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number;
  onClear: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("common");
  return (
    <>
      <p role="status" className="sr-only">
        {count > 0 ? t("table.rowsSelected", { count }) : ""}
      </p>
      {count > 0 && (
        <div className="slide-in-from-bottom-2 fade-in-0 sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full animate-in flex-wrap items-center gap-2 rounded-lg border border-border-strong bg-raised py-2 pr-2 pl-4 shadow-pop">
          <span aria-hidden className="mr-2 font-medium text-sm">
            {t("table.rowsSelected", { count })}
          </span>
          {children}
          <IconButton label={t("clearSelection")} icon={<X />} onClick={onClear} />
        </div>
      )}
    </>
  );
}

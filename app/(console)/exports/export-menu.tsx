"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EXPORT_FORMATS } from "@/domain/exports/rules";
import { useExport, type WhatToExport } from "./use-export";

/** What the filters of a list show, as a file. */
export function ExportMenu({ size = "md", ...what }: WhatToExport & { size?: "sm" | "md" }) {
  const t = useTranslations("exports");
  const { start, isAsking } = useExport(what);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size={size} icon={<Download aria-hidden />} loading={isAsking}>
          {t("export")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {EXPORT_FORMATS.map((format) => (
          <DropdownMenuItem key={format} onSelect={() => start(format)}>
            {t(`as.${format}`)}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/exports">{t("all")}</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

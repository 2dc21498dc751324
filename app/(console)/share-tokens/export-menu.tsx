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
import { listHref } from "@/lib/keyset";
import { useExport } from "../exports/use-export";

/** What the filters select, as a file: the browser saves it while it is written. */
export function ExportMenu({
  applicationId,
  query,
}: {
  applicationId: string;
  query: Record<string, string | undefined>;
}) {
  const t = useTranslations("shareTokens.export");
  const tExports = useTranslations("exports");
  const { start, isAsking } = useExport({ applicationId, list: "share_tokens", query: listHref("", query) });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button icon={<Download aria-hidden />} loading={isAsking}>
          {t("label")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {(["csv", "json"] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={listHref("/api/console/share-tokens/export", { ...query, format })} download>
              {t(format)}
            </a>
          </DropdownMenuItem>
        ))}
        {EXPORT_FORMATS.map((format) => (
          <DropdownMenuItem key={format} onSelect={() => start(format)}>
            {t(`table.${format}`)}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/exports">{tExports("all")}</Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

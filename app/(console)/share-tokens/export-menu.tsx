"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { listHref } from "@/lib/keyset";

/** What the filters select, as a file: the browser saves it while it is written. */
export function ExportMenu({ query }: { query: Record<string, string | undefined> }) {
  const t = useTranslations("shareTokens.export");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button icon={<Download aria-hidden />}>{t("label")}</Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {(["csv", "json"] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={listHref("/api/console/share-tokens/export", { ...query, format })} download>
              {t(format)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { OPTIONAL_COLUMNS, type Preferences } from "./preferences";

/** Columns and density; the menu stays open while several are chosen. */
export function DisplayMenu({
  preferences,
  onChange,
}: {
  preferences: Preferences;
  onChange: (next: Preferences) => void;
}) {
  const t = useTranslations("queue");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button icon={<SlidersHorizontal aria-hidden />}>{t("display.label")}</Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>{t("display.density")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={preferences.density}
          onValueChange={(density) =>
            onChange({ ...preferences, density: density === "compact" ? "compact" : "normal" })
          }
        >
          {(["normal", "compact"] as const).map((density) => (
            <DropdownMenuRadioItem key={density} value={density} onSelect={(event) => event.preventDefault()}>
              {t(`display.${density}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("display.columns")}</DropdownMenuLabel>
        {OPTIONAL_COLUMNS.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={!preferences.hidden.includes(column)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(shown) =>
              onChange({
                ...preferences,
                hidden: shown
                  ? preferences.hidden.filter((one) => one !== column)
                  : [...preferences.hidden.filter((one) => one !== column), column],
              })
            }
          >
            {t(`column.${column}`)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

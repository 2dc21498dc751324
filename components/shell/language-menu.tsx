"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { isLocale, LOCALE_NAMES, LOCALES, type Locale } from "@/i18n/locales";

export function LanguageMenu({ setLocale }: { setLocale: (locale: Locale) => Promise<void> }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const [changing, start] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton
          label={t("languageMenu", { language: LOCALE_NAMES[locale] })}
          icon={<Languages aria-hidden />}
          tooltip={false}
          loading={changing}
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={locale}
          onValueChange={(next) => {
            if (isLocale(next) && next !== locale) start(() => setLocale(next));
          }}
        >
          {LOCALES.map((entry) => (
            <DropdownMenuRadioItem key={entry} value={entry} lang={entry}>
              {LOCALE_NAMES[entry]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

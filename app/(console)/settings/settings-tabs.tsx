"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tabs";

const TABS = [
  { key: "application", href: "/settings" },
  { key: "apiKeys", href: "/settings/api-keys" },
  { key: "workflows", href: "/settings/workflows" },
] as const;

export function SettingsTabs() {
  const t = useTranslations("settings");
  const pathname = usePathname();
  return (
    <TabLinks
      label={t("title")}
      items={TABS.map(({ key, href }) => ({ href, label: t(`tab.${key}`), current: pathname === href }))}
    />
  );
}

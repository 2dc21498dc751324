"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tabs";

const TABS = [
  { key: "application", href: "/settings" },
  { key: "apiKeys", href: "/settings/api-keys" },
  { key: "workflows", href: "/settings/workflows" },
  { key: "questionnaires", href: "/settings/questionnaires" },
  { key: "usage", href: "/settings/usage" },
  { key: "organisation", href: "/settings/organization" },
  { key: "members", href: "/settings/members" },
  { key: "vendor", href: "/settings/vendor" },
  { key: "mailbox", href: "/settings/mailbox" },
] as const;

export function SettingsTabs({ without }: { without: readonly (typeof TABS)[number]["key"][] }) {
  const t = useTranslations("settings");
  const pathname = usePathname();
  return (
    <TabLinks
      label={t("title")}
      items={TABS.filter(({ key }) => !without.includes(key)).map(({ key, href }) => ({
        href,
        label: t(`tab.${key}`),
        current: pathname === href || (href !== "/settings" && pathname.startsWith(`${href}/`)),
      }))}
    />
  );
}

"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tabs";

const TABS = ["reference", "integrate"] as const;

export function DevelopersTabs() {
  const t = useTranslations("developers");
  const pathname = usePathname();
  return (
    <TabLinks
      label={t("title")}
      items={TABS.map((key) => ({
        href: `/developers/${key}`,
        label: t(`tab.${key}`),
        current: pathname.startsWith(`/developers/${key}`),
      }))}
    />
  );
}

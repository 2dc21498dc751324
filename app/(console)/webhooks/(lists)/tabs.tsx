"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tabs";

const TABS = [
  { key: "destinations", href: "/webhooks" },
  { key: "deliveries", href: "/webhooks/deliveries" },
  { key: "testReceiver", href: "/webhooks/test-receiver" },
  { key: "signatures", href: "/webhooks/signatures" },
] as const;

export function WebhooksTabs() {
  const t = useTranslations("webhooks");
  const pathname = usePathname();
  return (
    <TabLinks
      label={t("title")}
      items={TABS.map(({ key, href }) => ({ href, label: t(`tab.${key}`), current: pathname === href }))}
    />
  );
}

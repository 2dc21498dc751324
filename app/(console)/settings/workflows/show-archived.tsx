"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";

export function ShowArchived({ archived }: { archived: boolean }) {
  const t = useTranslations("workflows.show");
  const router = useRouter();
  return (
    <SegmentedControl
      label={t("label")}
      value={archived ? "archived" : "inUse"}
      onValueChange={(next) =>
        router.push(next === "archived" ? "/settings/workflows?archived=true" : "/settings/workflows")
      }
      options={[
        { value: "inUse", label: t("inUse") },
        { value: "archived", label: t("archived") },
      ]}
    />
  );
}

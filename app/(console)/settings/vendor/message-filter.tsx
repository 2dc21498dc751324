"use client";

import { RefreshCw } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { MESSAGE_STATES, type MessageState } from "@/domain/vendor/rules";

const ALL = "all";

export function MessageFilter({ state }: { state: MessageState | null }) {
  const t = useTranslations("vendor");
  const router = useRouter();
  const pathname = usePathname();
  const [refreshing, startRefresh] = useTransition();
  return (
    <>
      <Select
        aria-label={t("log.filter")}
        value={state ?? ALL}
        onValueChange={(value) => router.push(value === ALL ? pathname : `${pathname}?state=${value}`)}
        options={[
          { value: ALL, label: t("log.all") },
          ...MESSAGE_STATES.map((value) => ({ value, label: t(`messageState.${value}`) })),
        ]}
        className="w-40"
      />
      <Button
        icon={<RefreshCw aria-hidden />}
        loading={refreshing}
        onClick={() => startRefresh(() => router.refresh())}
      >
        {t("log.refresh")}
      </Button>
    </>
  );
}

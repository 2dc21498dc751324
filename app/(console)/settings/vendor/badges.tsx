"use client";

import { CircleCheck, CircleSlash, CircleX, Clock, RefreshCw, StickyNote } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { MessageState } from "@/domain/vendor/rules";

export function InboxBadge({ enabled }: { enabled: boolean }) {
  const t = useTranslations("vendor.state");
  return (
    <Badge
      tone={enabled ? "success" : "neutral"}
      icon={enabled ? <CircleCheck aria-hidden /> : <CircleSlash aria-hidden />}
    >
      {t(enabled ? "enabled" : "disabled")}
    </Badge>
  );
}

const MESSAGE = {
  waiting: { tone: "info", icon: Clock },
  brought_in: { tone: "success", icon: CircleCheck },
  updated: { tone: "success", icon: RefreshCw },
  acknowledged: { tone: "neutral", icon: StickyNote },
  refused: { tone: "warning", icon: CircleSlash },
  failed: { tone: "danger", icon: CircleX },
} as const satisfies Record<MessageState, { tone: Tone; icon: typeof Clock }>;

export function MessageBadge({ state }: { state: MessageState }) {
  const t = useTranslations("vendor.messageState");
  const { tone, icon: Icon } = MESSAGE[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(state)}
    </Badge>
  );
}

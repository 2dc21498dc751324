"use client";

import { CircleCheck, CirclePause, CircleSlash, CircleX, Clock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { DeliveryState } from "@/domain/webhooks/rules";
import type { DestinationItem } from "./items";

const DESTINATION = {
  enabled: { tone: "success", icon: CircleCheck },
  failing: { tone: "warning", icon: TriangleAlert },
  paused: { tone: "info", icon: CirclePause },
  disabled: { tone: "neutral", icon: CircleSlash },
  disabledFailing: { tone: "danger", icon: CircleX },
  disabledGone: { tone: "danger", icon: CircleX },
} as const satisfies Record<string, { tone: Tone; icon: typeof Clock }>;

export function DestinationBadge({ state, disabledReason }: Pick<DestinationItem, "state" | "disabledReason">) {
  const t = useTranslations("webhooks.state");
  const key = disabledReason === "failing" ? "disabledFailing" : disabledReason === "gone" ? "disabledGone" : state;
  const { tone, icon: Icon } = DESTINATION[key];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(key)}
    </Badge>
  );
}

export const DELIVERY_TONES = { pending: "info", delivered: "success", failed: "danger" } as const satisfies Record<
  DeliveryState,
  Tone
>;
const DELIVERY_ICONS = { pending: Clock, delivered: CircleCheck, failed: CircleX } as const;

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const t = useTranslations("webhooks.deliveryState");
  const Icon = DELIVERY_ICONS[state];
  return (
    <Badge tone={DELIVERY_TONES[state]} icon={<Icon aria-hidden />}>
      {t(state)}
    </Badge>
  );
}

/** An HTTP status, coloured by what it means for the message. */
export function StatusCode({ status }: { status: number }) {
  const tone: Tone = status < 300 && status >= 200 ? "success" : status < 400 ? "warning" : "danger";
  return (
    <Badge tone={tone} size="sm" className="font-mono tabular-nums">
      {status}
    </Badge>
  );
}

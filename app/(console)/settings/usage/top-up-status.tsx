import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";

export type TopUpStatus = "pending" | "paid" | "cancelled";
const TONES: Record<TopUpStatus, Tone> = { pending: "warning", paid: "success", cancelled: "neutral" };

export function TopUpStatusBadge({ status }: { status: TopUpStatus }) {
  const t = useTranslations("usage.topUps.status");
  return <Badge tone={TONES[status]}>{t(status)}</Badge>;
}

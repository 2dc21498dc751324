import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { RelationState } from "@/domain/partners/relation-rules";

const TONES = { invited: "warning", active: "success", paused: "warning", ended: "neutral" } as const;

export function RelationBadge({ state, size = "md" }: { state: RelationState; size?: "sm" | "md" }) {
  const t = useTranslations("partners.state");
  return (
    <Badge tone={TONES[state]} size={size}>
      {t(state)}
    </Badge>
  );
}

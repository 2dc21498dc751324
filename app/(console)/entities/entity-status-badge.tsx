import { Ban, CircleCheck, Flag, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { EntityStatus } from "@/domain/entities/rules";

const looks: Record<EntityStatus, { icon: LucideIcon; tone: Tone }> = {
  ACTIVE: { icon: CircleCheck, tone: "success" },
  FLAGGED: { icon: Flag, tone: "warning" },
  BLOCKED: { icon: Ban, tone: "danger" },
};

/** How a user or business stands: colour, icon and word. */
export function EntityStatusBadge({ status, size = "md" }: { status: EntityStatus; size?: "sm" | "md" }) {
  const t = useTranslations("statuses.entity");
  const { icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone} size={size} data-status={status} icon={<Icon aria-hidden />}>
      {t(status)}
    </Badge>
  );
}

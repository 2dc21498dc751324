import { CircleDot, FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

export type Environment = "sandbox" | "live";

/** Sandbox is amber with a flask, live is solid and dark: told apart by shape, word and colour. */
export function EnvironmentBadge({ environment, size = "sm" }: { environment: Environment; size?: "sm" | "md" }) {
  const t = useTranslations("statuses.environment");
  const live = environment === "live";
  return (
    <Badge
      tone={live ? "neutral" : "warning"}
      appearance={live ? "solid" : "quiet"}
      size={size}
      title={live ? t("liveHint") : t("sandboxHint")}
      data-environment={environment}
      icon={live ? <CircleDot aria-hidden /> : <FlaskConical aria-hidden />}
    >
      {t(environment)}
    </Badge>
  );
}

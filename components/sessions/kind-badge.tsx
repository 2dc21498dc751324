import { Building2, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";

export type Kind = "user" | "business";

/** Whether a session is about a person (KYC) or a company (KYB). Quiet, since every row carries one. */
export function KindBadge({ kind, className }: { kind: Kind; className?: string }) {
  const t = useTranslations("statuses.kind");
  const Icon = kind === "business" ? Building2 : UserRound;
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap align-bottom text-sm", className)}>
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      {t(kind)}
    </span>
  );
}

/** The icon alone, before a name; its word is spoken. */
export function KindIcon({ kind }: { kind: Kind }) {
  const t = useTranslations("statuses.kind");
  const Icon = kind === "business" ? Building2 : UserRound;
  return (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="sr-only">{t(kind)} </span>
    </>
  );
}

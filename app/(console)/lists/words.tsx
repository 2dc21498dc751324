import { Ban, Eye, ListChecks, type LucideIcon, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { EntryType, ListType, OnMatch } from "@/domain/lists/rules";

/** System blocklists are named by what they hold, in the reader's language; others as they were named. */
export const listName = (
  { isSystem, entryType, name }: { isSystem: boolean; entryType: EntryType; name: string },
  t: ReturnType<typeof useTranslations<"lists">>,
) => (isSystem ? t(`system.${entryType}`) : name);

export const useListName = (list: Parameters<typeof listName>[0]) => listName(list, useTranslations("lists"));

const kinds: Record<ListType, { icon: LucideIcon; tone: Tone }> = {
  blocklist: { icon: Ban, tone: "danger" },
  allowlist: { icon: ShieldCheck, tone: "success" },
  custom: { icon: ListChecks, tone: "neutral" },
};

export function ListTypeBadge({ type, isSystem }: { type: ListType; isSystem: boolean }) {
  const t = useTranslations("lists");
  const { icon: Icon, tone } = kinds[type];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {isSystem ? t("systemBlocklist") : t(`listType.${type}`)}
    </Badge>
  );
}

const matches: Record<OnMatch, { icon: LucideIcon; tone: Tone } | null> = {
  none: null,
  in_review: { icon: Eye, tone: "warning" },
  declined: { icon: Ban, tone: "danger" },
};

/** What an entry that is met does to a session. */
export function OnMatchBadge({ onMatch }: { onMatch: OnMatch }) {
  const t = useTranslations("lists.onMatch");
  const look = matches[onMatch];
  if (!look) return <span className="text-muted">{t(onMatch)}</span>;
  const { icon: Icon, tone } = look;
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(onMatch)}
    </Badge>
  );
}

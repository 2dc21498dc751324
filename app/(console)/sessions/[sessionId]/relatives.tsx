import { Building2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/sessions/status-badge";
import type { SessionView } from "@/domain/sessions/read";
import { Panel } from "./panel";

const linkClasses =
  "rounded-sm font-medium text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current";

/** The company this person belongs to, or the people of this company. */
export function Relatives({ view }: { view: SessionView }) {
  const t = useTranslations("record.relatives");
  const { parents, children } = view;
  const present = children.filter((child) => child.status !== null);
  const people = [...new Map(present.map((child) => [child.sessionId, child])).values()];
  if (parents.length === 0 && people.length === 0) return null;
  return (
    <Panel id="relatives" title={parents.length > 0 ? t("parents") : t("children")}>
      <ul className="flex flex-col gap-1.5 text-sm">
        {parents.map((parent) => (
          <li key={parent.sessionId} className="flex items-center gap-2">
            <Building2 aria-hidden className="size-4 shrink-0 text-muted" />
            <Link href={`/sessions/${parent.sessionId}`} className={linkClasses}>
              {t("company", { number: String(parent.sessionNumber) })}
            </Link>
          </li>
        ))}
        {people.map((child) => (
          <li key={child.sessionId} className="flex flex-wrap items-center justify-between gap-2">
            <Link href={`/sessions/${child.sessionId}`} className={linkClasses}>
              {t("person", { number: String(child.sessionNumber ?? "") })}
            </Link>
            {child.status && <StatusBadge status={child.status} size="sm" />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

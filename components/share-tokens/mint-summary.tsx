"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { KindBadge } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Callout } from "@/components/ui/callout";
import { isFinished } from "@/domain/sessions/rules";
import type { MintSession } from "./mint-dialog";

/** What goes out, and what will be refused and why, before anything is minted. */
export function MintSummary({
  sessions,
  shareable,
  whole,
}: {
  sessions: readonly MintSession[];
  shareable: number;
  /** Nothing is left out. */
  whole: boolean;
}) {
  const t = useTranslations("mint");
  const refused = sessions.length - shareable;
  const hasCompany = sessions.some((session) => session.kind === "business" && isFinished(session.status));
  // What will not go out is what the reader must see, so it stands first.
  const ordered = [...sessions].sort((a, b) => Number(isFinished(a.status)) - Number(isFinished(b.status)));
  return (
    <section aria-label={t("summary.label")} className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">{t("summary.label")}</h3>
      {refused > 0 && (
        <Callout tone={shareable === 0 ? "danger" : "warning"} title={t("summary.refused", { count: refused })}>
          {t(shareable === 0 ? "summary.refusedAll" : "summary.refusedSome", { count: shareable })}
        </Callout>
      )}
      <ul
        tabIndex={sessions.length > 4 ? 0 : undefined}
        aria-label={t("summary.sessions")}
        className="max-h-44 divide-y divide-border overflow-y-auto rounded-lg border border-border"
      >
        {ordered.map((session) => {
          const good = isFinished(session.status);
          const Icon = good ? CircleCheck : CircleX;
          return (
            <li key={session.id} className="flex items-start gap-2.5 px-3 py-2 text-sm">
              <Icon
                aria-hidden
                className={good ? "mt-0.5 size-4 shrink-0 text-success" : "mt-0.5 size-4 shrink-0 text-danger"}
              />
              <div className="min-w-0 flex-1">
                <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                  <span className="text-muted tabular-nums">#{session.number}</span>
                  <span className="min-w-0 break-words font-medium">{session.name ?? t("unnamed")}</span>
                </p>
                {!good && <p className="text-danger">{t("refused.session_not_finished")}</p>}
              </div>
              <div className="flex shrink-0 items-center gap-3 max-sm:flex-col max-sm:items-end max-sm:gap-1">
                <KindBadge kind={session.kind} />
                <StatusBadge status={session.status} size="sm" />
              </div>
            </li>
          );
        })}
      </ul>
      {shareable > 0 && (
        <p className="text-muted text-sm">
          {t(!whole ? "summary.whatInPart" : hasCompany ? "summary.whatWithCompany" : "summary.what")}
        </p>
      )}
    </section>
  );
}

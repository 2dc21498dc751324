import { ArrowDownToLine, FileText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { KindBadge } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import type { Actor } from "@/domain/actor";
import type { ReasonsView } from "@/domain/decision-reasons/reasons";
import { isReportable } from "@/domain/reports/rules";
import { BLOCKS, NOT_RESUBMITTABLE } from "@/domain/sessions/blocks";
import type { ProposedDecision } from "@/domain/sessions/proposals";
import type { SessionView } from "@/domain/sessions/read";
import { isFinished, reviewOutcomesFrom, type SessionStatus } from "@/domain/sessions/rules";
import { DecisionBar } from "./decision-bar";
import { NAME_ID, nameOf } from "./name";
import { ProposalBanner } from "./proposal-banner";

/** Who it is, how it stands, and what can be done about it: always in sight. */
export function DecisionHeader({
  actor,
  view,
  reasons,
  proposal,
}: {
  actor: Actor;
  view: SessionView;
  reasons: ReasonsView;
  proposal: ProposedDecision | null;
}) {
  const t = useTranslations("record");
  const tReason = useTranslations("record.decide.reasons");
  const wordsOf = (code: string) => (tReason.has(code as never) ? tReason(code as never) : code);
  const { session, provenance } = view;
  const name = nameOf(view) ?? t("unnamed");
  const status = session.status as SessionStatus;
  const steps = [...new Map(session.features.map((step) => [step.feature, step])).values()]
    .filter(({ feature }) => !NOT_RESUBMITTABLE.has(feature))
    .map(({ feature, status }) => {
      const inWorkflow = BLOCKS.find((block) => block.feature === feature)?.workflowFeature ?? feature;
      return { nodeId: `feature_${inWorkflow.toLowerCase()}`, feature, status };
    });
  return (
    <header className="z-20 border-border border-b bg-background sm:sticky sm:top-(--topbar)">
      <div className="mx-auto flex w-full max-w-[100rem] flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5 sm:px-6">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1
              id={NAME_ID}
              tabIndex={-1}
              className="min-w-0 outline-none break-words font-semibold text-lg tracking-tight"
            >
              {name}
            </h1>
            <StatusBadge status={status} />
          </div>
          <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
            <KindBadge kind={session.kind} />
            <span>
              <Link href="/sessions" className="rounded-sm hover:text-foreground hover:underline">
                {t("session")}
              </Link>{" "}
              #{session.sessionNumber}
            </span>
            <EnvironmentBadge environment={session.environment} />
            {provenance ? (
              <Badge size="sm" tone="accent" icon={<ArrowDownToLine aria-hidden />}>
                {t("importedFrom", { name: provenance.sourceApplication?.organisationName ?? t("unknownIssuer") })}
              </Badge>
            ) : (
              <span>{t("native")}</span>
            )}
            {isReportable(session) && (
              <a
                href={`/api/console/reports/sessions/${session.id}`}
                download
                className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-foreground hover:underline"
              >
                <FileText aria-hidden className="size-3.5" />
                {t("pdf")}
              </a>
            )}
          </div>
        </div>
        <DecisionBar
          session={{
            id: session.id,
            number: session.sessionNumber,
            kind: session.kind,
            status,
            version: session.version,
            name,
            features: session.features.map(({ feature }) => feature),
          }}
          outcomes={proposal ? [] : reviewOutcomesFrom(status)}
          isProposed={proposal !== null}
          steps={steps}
          reasons={reasons.offered}
          byTwo={view.workflow?.fourEyes ?? false}
          canDecide={actor.privileges.has("write:sessions")}
          canShare={isFinished(status)}
        />
      </div>
      {proposal && (
        <div className="mx-auto w-full max-w-[100rem] px-4 pb-2.5 sm:px-6">
          <ProposalBanner
            key={proposal.id}
            session={{ id: session.id, name }}
            proposal={proposal}
            reasonLabel={proposal.reasonCode && (reasons.labels[proposal.reasonCode] ?? wordsOf(proposal.reasonCode))}
            mayDecide={actor.privileges.has("write:sessions")}
          />
        </div>
      )}
    </header>
  );
}

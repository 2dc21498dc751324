import {
  ArrowDownToLine,
  Ban,
  CircleCheck,
  FilePlus2,
  Flag,
  MessageSquare,
  PencilLine,
  RotateCcw,
  Send,
  Stamp,
  TimerOff,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useWords } from "@/components/record/words";
import { StatusBadge } from "@/components/sessions/status-badge";
import { CopyText } from "@/components/ui/copy-text";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import { type ApplicationCard, applicationCards } from "@/domain/access/applications";
import type { Actor } from "@/domain/actor";
import type { ReviewView } from "@/domain/sessions/decision-view";
import type { SessionView } from "@/domain/sessions/read";
import { eventsOf, type SessionEvent } from "./events";
import { NoteForm } from "./note-form";
import { Panel } from "./panel";

/** Everything that happened, and the place to write a note. */
export async function History({
  actor,
  view,
  reasonLabels,
}: {
  actor: Actor;
  view: SessionView;
  /** Of reasons that are this application's own, by code. */
  reasonLabels: Readonly<Record<string, string>>;
}) {
  const events = eventsOf(view);
  const applications = await applicationCards([
    ...view.shareTokens.map((token) => token.forApplicationId),
    ...view.reviews.map((review) => review.madeInApplication),
  ]);
  return (
    <HistoryPanel
      actor={{ applicationId: actor.applicationId, canWrite: actor.privileges.has("write:sessions") }}
      sessionId={view.session.id}
      events={events}
      applications={applications}
      reasonLabels={reasonLabels}
    />
  );
}

function HistoryPanel({
  actor,
  sessionId,
  events,
  applications,
  reasonLabels,
}: {
  actor: { applicationId: string; canWrite: boolean };
  sessionId: string;
  events: SessionEvent[];
  applications: Map<string, ApplicationCard>;
  reasonLabels: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("record.history");
  const nameOf = (applicationId: string) => applications.get(applicationId)?.organisationName ?? t("unknown");
  function itemOf(event: SessionEvent, key: string): TimelineItem {
    const base = { key, time: <DateTime value={event.at} /> };
    switch (event.kind) {
      case "created":
        return { ...base, title: t("created"), icon: <FilePlus2 /> };
      case "finished":
        return { ...base, title: t("finished"), icon: <Flag /> };
      case "sourceFinished":
        return { ...base, title: t("sourceFinished"), icon: <Flag /> };
      case "imported":
        return {
          ...base,
          title: <Decided to={event.landingStatus} by={t("importedAs")} />,
          icon: <ArrowDownToLine />,
          tone: "accent",
          body: <By name={event.by} token={event.tokenId} />,
        };
      case "minted":
      case "redeemed":
      case "revoked": {
        const icon = { minted: <Send />, redeemed: <CircleCheck />, revoked: <Ban /> }[event.kind];
        const tone = ({ minted: "info", redeemed: "success", revoked: "danger" } as const)[event.kind];
        const title = t(event.kind, { name: nameOf(event.applicationId) });
        return { ...base, title, icon, tone, body: <By name={event.by} token={event.tokenId} /> };
      }
      case "vendorReview":
        return {
          ...base,
          title: <Decided to={event.status} />,
          icon: <Stamp />,
          body: (
            <>
              {event.by}
              <Comment>{event.comment}</Comment>
            </>
          ),
        };
      case "review":
        return {
          ...base,
          ...reviewLook(event.review),
          title: <Told review={event.review} />,
          body: (
            <ReviewBody
              review={event.review}
              reasonLabels={reasonLabels}
              elsewhere={
                event.review.madeInApplication === actor.applicationId ? null : nameOf(event.review.madeInApplication)
              }
            />
          ),
        };
    }
  }
  return (
    <Panel id="history" title={t("title")}>
      {actor.canWrite && <NoteForm applicationId={actor.applicationId} sessionId={sessionId} />}
      <Timeline items={events.map((event, index) => itemOf(event, `${event.kind}-${index}`))} />
    </Panel>
  );
}

/** Some acts have a name of their own; every other is told by the status that it led to. */
function Told({ review: { action, newStatus } }: { review: ReviewView }) {
  const t = useTranslations("record.history");
  const named =
    action === "note" || action === "correction" || action === "step" || action === "expiry" || action === "undo";
  const name = named ? t(action) : undefined;
  return name && !newStatus ? name : <Decided to={newStatus} by={name} />;
}

function reviewLook(review: ReviewView): Pick<TimelineItem, "icon" | "tone"> {
  if (review.action === "note") return { icon: <MessageSquare /> };
  if (review.action === "correction") return { icon: <PencilLine />, tone: "info" };
  if (review.action === "undo") return { icon: <Undo2 /> };
  if (review.action === "expiry") return { icon: <TimerOff /> };
  if (review.newStatus === "Approved") return { icon: <Stamp />, tone: "success" };
  if (review.newStatus === "Declined") return { icon: <Stamp />, tone: "danger" };
  if (review.action === "resubmission") return { icon: <RotateCcw />, tone: "accent" };
  return { icon: <Stamp />, tone: "warning" };
}

function Decided({ to, by }: { to: string | null; by?: string }) {
  const t = useTranslations("record.history");
  if (!to) return t("changed");
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {by ?? t("statusSet")} <StatusBadge status={to} size="sm" />
    </span>
  );
}

function Comment({ children }: { children: ReactNode }) {
  if (!children) return null;
  return <p className="mt-1 whitespace-pre-wrap break-words text-foreground">{children}</p>;
}

function By({ name, token }: { name: string | null; token: string }) {
  const t = useTranslations("record.history");
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {name && <span className="break-all">{name}</span>}
      <span className="inline-flex items-center gap-1">
        {t("token")} <CopyText text={token} label={t("token")} shorten />
      </span>
    </span>
  );
}

function ReviewBody({
  review,
  reasonLabels,
  elsewhere,
}: {
  review: ReviewView;
  reasonLabels: Readonly<Record<string, string>>;
  elsewhere: string | null;
}) {
  const t = useTranslations("record.history");
  const reasons = useTranslations("record.decide.reasons");
  const hitReasons = useTranslations("record.resolve.reasons");
  const { feature, label } = useWords();
  const reason = review.reasonCode;
  return (
    <>
      <span className="break-all">
        {review.actorKind === "api_key" ? t("apiKey", { name: review.actorLabel }) : review.actorLabel}
        {review.proposedByLabel && ` · ${t("proposedBy", { name: review.proposedByLabel })}`}
        {elsewhere && ` · ${t("elsewhere", { name: elsewhere })}`}
      </span>
      {reason && (
        <span className="block text-foreground">
          {t("reason")}:{" "}
          {reasonLabels[reason] ??
            (reasons.has(reason as never)
              ? reasons(reason as never)
              : hitReasons.has(reason as never)
                ? hitReasons(reason as never)
                : reason)}
        </span>
      )}
      {review.nodes && review.nodes.length > 0 && (
        <span className="block text-foreground">
          {t("steps")}: {review.nodes.map((node) => feature(node.feature)).join(", ")}
        </span>
      )}
      {review.changedFields && (
        <span className="block text-foreground">
          {t("fields", { fields: review.changedFields.map(label).join(", ") })}
        </span>
      )}
      <Comment>{review.comment}</Comment>
    </>
  );
}

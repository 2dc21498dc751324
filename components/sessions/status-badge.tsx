import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  Eye,
  type LucideIcon,
  RotateCcw,
  TimerOff,
  UserRound,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";

type Look = { icon: LucideIcon; tone: Tone };

const session = {
  notStarted: { icon: CircleDashed, tone: "neutral" },
  inProgress: { icon: CircleDot, tone: "info" },
  awaitingUser: { icon: UserRound, tone: "info" },
  inReview: { icon: Eye, tone: "warning" },
  approved: { icon: CircleCheck, tone: "success" },
  declined: { icon: CircleX, tone: "danger" },
  resubmitted: { icon: RotateCcw, tone: "accent" },
  expired: { icon: TimerOff, tone: "neutral" },
  kycExpired: { icon: Clock, tone: "warning" },
  abandoned: { icon: Ban, tone: "neutral" },
} satisfies Record<string, Look>;

const feature = {
  notStarted: session.notStarted,
  inProgress: session.inProgress,
  notFinished: { icon: CircleDashed, tone: "neutral" },
  inReview: session.inReview,
  approved: session.approved,
  declined: session.declined,
  resubRequested: session.resubmitted,
  expired: session.expired,
} satisfies Record<string, Look>;

type SessionKey = keyof typeof session;
type FeatureKey = keyof typeof feature;

/** `In Review`, `IN_REVIEW`, `in_review` and `inReview` are one status. */
function keyOf(status: string) {
  const words = status
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_-]+/);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}

type BadgeProps = { status: string; size?: "sm" | "md" };

function Unlisted({ status, size }: BadgeProps) {
  return (
    <Badge size={size} icon={<CircleDashed aria-hidden />}>
      {status}
    </Badge>
  );
}

/** The status of a session, in any of its spellings: colour, icon and word. */
export function StatusBadge({ status, size = "md" }: BadgeProps) {
  const t = useTranslations("statuses.session");
  const key = keyOf(status);
  if (!(key in session)) return <Unlisted status={status} size={size} />;
  const { icon: Icon, tone } = session[key as SessionKey];
  return (
    <Badge tone={tone} size={size} data-status={key} icon={<Icon aria-hidden />}>
      {t(key as SessionKey)}
    </Badge>
  );
}

/** The status of one feature block inside a record. */
export function FeatureStatusBadge({ status, size = "md" }: BadgeProps) {
  const t = useTranslations("statuses.feature");
  const key = keyOf(status);
  if (!(key in feature)) return <Unlisted status={status} size={size} />;
  const { icon: Icon, tone } = feature[key as FeatureKey];
  return (
    <Badge tone={tone} size={size} data-status={key} icon={<Icon aria-hidden />}>
      {t(key as FeatureKey)}
    </Badge>
  );
}

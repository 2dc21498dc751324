import { z } from "zod";
import { isFinished, isReviewable, KINDS, parseStatus, type SessionKind, type SessionStatus } from "../sessions/rules";

/** As long as the body of a session that is created over the API: a decision with many hits is longer than others. Bytes. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Contract section 5.4: what was signed longer ago, or further in the future, is refused. Seconds. */
export const TOLERANCE_SECONDS = 300;
/** Deeper than any decision, and far from what walking it costs the stack. */
export const MAX_NESTING = 64;

/** One message names at most so many media; together they may have so many bytes. */
export const MAX_MEDIA = 100;
export const MAX_MEDIA_BYTES = 96 * 1024 * 1024;
/** By the wall clock, for one medium. Milliseconds. */
export const MEDIUM_DEADLINE_MS = 20_000;
/** By the wall clock, for all media of a message; well within the lease. Milliseconds. */
export const MEDIA_DEADLINE_MS = 90_000;
/** Seconds. A worker that dies leaves its messages to others after this long. */
export const LEASE_SECONDS = 150;

/** Messages and what became of them are kept this long, as the log of outgoing webhooks is. Days. */
export const KEPT_FOR_DAYS = 30;

/** More than any company has vendors. */
export const MAX_INBOXES = 20;

const MINUTE = 60;
/** Seconds from one try to the next. Links to media live an hour at most vendors, so waiting longer gains nothing. */
export const RETRY_AFTER_SECONDS = [15, MINUTE, 4 * MINUTE, 10 * MINUTE, 20 * MINUTE] as const;

/** @returns seconds until the next try after `tries`, or null when that was the last; `random` from 0 to 1 spreads them */
export function retryDelay(tries: number, random: number): number | null {
  const base = RETRY_AFTER_SECONDS[tries - 1];
  return base === undefined ? null : base * (0.9 + 0.2 * random);
}

export const MESSAGE_STATES = ["waiting", "brought_in", "updated", "acknowledged", "refused", "failed"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Nothing is to be done about these. */
export const ACKNOWLEDGED = ["other_event", "not_finished", "test_message", "older_message"] as const;
/** These cannot become a session, however often they are tried. */
export const REFUSALS = [
  "not_readable",
  "not_a_decision",
  "environment_mismatch",
  "no_workflow",
  "kind_changed",
  "decided_here",
  "status_not_permitted",
  "came_otherwise",
  "session_erased",
] as const;
/** These may succeed when the vendor's media can be had. */
export const FAILURES = [
  "media_unreachable",
  "media_refused",
  "media_address_refused",
  "media_too_large",
  "media_not_accepted",
  "media_too_many",
  "cut_off",
] as const;
export const REASONS = [...ACKNOWLEDGED, ...REFUSALS, ...FAILURES] as const;
export type Reason = (typeof REASONS)[number];
export type Failure = (typeof FAILURES)[number];

/** What a second try by itself may mend. */
const PASSING: ReadonlySet<Failure> = new Set(["media_unreachable", "media_refused", "cut_off"]);
export const mayPass = (failure: Failure): boolean => PASSING.has(failure);

/** Somebody may have mended what it failed by, or the rule that refused it: a workflow, a media server. */
export const mayTryAgain = (state: MessageState): boolean => state === "failed" || state === "refused";

/** Why a request was turned away before anything was stored. */
export const TURNED_AWAY = [
  "body_unreadable",
  "timestamp_missing",
  "timestamp_stale",
  "signature_missing",
  "signature_wrong",
] as const;
export type TurnedAway = (typeof TURNED_AWAY)[number];

export const InboxLabel = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((label) => label.toLowerCase() !== "system", "The trail calls this program itself by this name.");
/** As vendors make them; shorter ones can be guessed. */
export const GivenSecret = z
  .string()
  .trim()
  .min(16, "A secret has at least 16 characters.")
  .max(256)
  .regex(/^[\x21-\x7e]+$/, "A secret is letters, digits and signs without spaces.");

export const InboxInput = z.object({
  label: InboxLabel,
  /** Null: the default workflow of that kind. */
  userWorkflowId: z.uuid().nullable().default(null),
  businessWorkflowId: z.uuid().nullable().default(null),
  /** For vendors that make the secret themselves; absent: one is made here. */
  secret: GivenSecret.optional(),
});
export type InboxInput = z.input<typeof InboxInput>;

export const InboxChanges = z.object({
  id: z.uuid(),
  label: InboxLabel.optional(),
  userWorkflowId: z.uuid().nullable().optional(),
  businessWorkflowId: z.uuid().nullable().optional(),
  enabled: z.boolean().optional(),
});
export type InboxChanges = z.input<typeof InboxChanges>;

export const OVERLAPS_IN_HOURS = [0, 1, 24, 168] as const;
export const RotateSecretInput = z.object({
  id: z.uuid(),
  secret: GivenSecret.optional(),
  /** How long the secret before is accepted beside the new one. */
  overlapInHours: z
    .int()
    .refine((hours) => (OVERLAPS_IN_HOURS as readonly number[]).includes(hours))
    .default(24),
});
export type RotateSecretInput = z.input<typeof RotateSecretInput>;

/** The path under which a vendor delivers; the full address starts with the server's own. */
export const inboxPath = (applicationId: string, inboxId: string) => `/vendor/${applicationId}/${inboxId}/`;

type Json = Record<string, unknown>;

/** Without what a text column cannot take. */
const plain = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const epoch = z.number().min(0).max(32_503_680_000);

/** Contract section 5.5, of which only what is needed to keep and to judge a message is insisted on. */
const Envelope = z.looseObject({
  event_id: plain(200).nullish(),
  webhook_type: plain(60),
  timestamp: epoch,
  created_at: epoch.nullish(),
  environment: z.string().max(60).nullish(),
  session_id: plain(200).nullish(),
  business_session_id: plain(200).nullish(),
  session_kind: z.enum(KINDS).nullish(),
  status: z.string().max(60).nullish(),
  metadata: z.unknown().optional(),
  decision: z.looseObject({}).nullish(),
});

export interface Message {
  eventId: string | null;
  type: string;
  /** When it happened at the vendor, and when this delivery was signed. Seconds since 1970. */
  happenedAt: number;
  signedAt: number;
  kind: SessionKind;
  reference: string | null;
  status: SessionStatus | null;
  environment: string | null;
  isTest: boolean;
  decision: Json | null;
  /** As it arrived. */
  body: Json;
}

/** @returns null for what is no message of the contract's shape */
export function messageOf(body: unknown): Message | null {
  const { data } = Envelope.safeParse(body);
  if (!data) return null;
  const decision = (data.decision ?? null) as Json | null;
  const said = data.session_kind ?? decision?.session_kind;
  const isBusiness = said === "business" || (said !== "user" && typeof data.business_session_id === "string");
  return {
    eventId: data.event_id ?? null,
    type: data.webhook_type,
    // What is signed has happened: a moment to come would make every later message an older one.
    happenedAt: Math.min(data.created_at ?? data.timestamp, data.timestamp),
    signedAt: data.timestamp,
    kind: isBusiness ? "business" : "user",
    reference: data.session_id ?? data.business_session_id ?? null,
    status: typeof data.status === "string" ? parseStatus(data.status) : null,
    environment: data.environment ?? (typeof decision?.environment === "string" ? decision.environment : null),
    // A probe of the vendor's console has no event_id, or says so in what is signed (contract section 5.7).
    isTest: !data.event_id || (data.metadata as Json | null | undefined)?.test_webhook === true,
    decision,
    body: body as Json,
  };
}

/** What is to be done with a message, before anything of ours is looked at. */
export type Plan =
  | { do: "nothing"; reason: (typeof ACKNOWLEDGED)[number] }
  | { do: "refuse"; reason: (typeof REFUSALS)[number] }
  | { do: "take_in" }
  | { do: "expire" };

export function planOf(message: Message, environment: "sandbox" | "live"): Plan {
  if (message.isTest) return { do: "nothing", reason: "test_message" };
  if (message.type !== "status.updated") return { do: "nothing", reason: "other_event" };
  // Ruling 6: sandbox and live never mix.
  if (message.environment !== null && message.environment !== environment)
    return { do: "refuse", reason: "environment_mismatch" };
  if (message.status === "Kyc Expired") return { do: "expire" };
  if (message.status === null || !isFinished(message.status)) return { do: "nothing", reason: "not_finished" };
  if (!message.decision || !message.reference) return { do: "refuse", reason: "not_a_decision" };
  return { do: "take_in" };
}

/** What is here already of a session that a vendor tells of. */
export interface Present {
  status: SessionStatus;
  kind: SessionKind;
  /** Somebody of ours, or a program with our key, has decided it or corrected what it says. */
  decidedHere: boolean;
}

/**
 * Whether the vendor's later word may change a session. What was decided or corrected here stays: the vendor's view is
 * recorded and nothing else. Otherwise a vendor may do what a reviewer may (contract section 4.3), and an approval expires.
 */
export function refusalOfUpdate(present: Present, to: { status: SessionStatus; kind: SessionKind }): Reason | null {
  if (present.kind !== to.kind) return "kind_changed";
  if (present.decidedHere) return "decided_here";
  if (to.status === "Kyc Expired") return present.status === "Approved" ? null : "status_not_permitted";
  return isReviewable(present.status) && isFinished(to.status) ? null : "status_not_permitted";
}

/** The decision as it is brought in: what the envelope says more surely, and what only it says. */
export function decisionOf(message: Message): Json {
  const { decision, body, kind, reference, status } = message;
  return {
    ...decision,
    session_id: reference,
    session_kind: kind,
    status,
    vendor_data: decision?.vendor_data ?? body.vendor_data ?? null,
    metadata: decision?.metadata ?? body.metadata ?? null,
    created_at: decision?.created_at ?? new Date(message.happenedAt * 1000).toISOString(),
  };
}

/** Envelope and decision must speak of one session in one status: which of two would be believed is not for us to choose. */
export function contradictionOf({ decision, reference, status, kind }: Message): string | null {
  if (typeof decision?.session_id === "string" && decision.session_id !== reference) return "decision.session_id";
  if (typeof decision?.status === "string" && parseStatus(decision.status) !== status) return "decision.status";
  if (typeof decision?.session_kind === "string" && decision.session_kind !== kind) return "decision.session_kind";
  return null;
}

import { MediaShelf } from "@/domain/specimens/decisions/media-shelf";
import { stepTime, type UserCase } from "@/domain/specimens/decisions/user-case";
import { type Review, userDecision } from "@/domain/specimens/decisions/user-decision";
import { documentOf } from "@/domain/specimens/people/document";
import type { Person } from "@/domain/specimens/people/person";
import { Random } from "@/domain/specimens/random";
import { type Bundle, workflowsOf } from "./ecosystems/workflows";
import type { ApplicationPlan, UserPlan } from "./plans/plan";
import type { DemoSession } from "./session";

const day = 86_400_000;
const hour = 3_600_000;

/** How many days ago a session of that status began, at least and at most. */
const ages: Record<string, [number, number]> = {
  "Not Started": [0.1, 5],
  "In Progress": [0.02, 0.9],
  "Awaiting User": [0.5, 5],
  "In Review": [0.3, 9],
  Resubmitted: [1, 6],
  Expired: [9, 100],
  Abandoned: [3, 90],
  "Kyc Expired": [60, 119],
};

export function beginning(now: Date, status: string, random: Random) {
  const [least, most] = ages[status] ?? [0.5, 119];
  return new Date(Math.floor((now.getTime() - random.number(least, most, 6) * day) / 1000) * 1000);
}

const cleared = [
  "The listed person was born in another decade. Not our customer.",
  "Same name, other country and other occupation. Cleared.",
  "Compared the place of birth and the photograph: a different person.",
];

const remarks: Record<string, string> = {
  DOCUMENT_EXPIRED: "The document had expired. A valid one is needed.",
  POSSIBLE_FRAUD: "The portrait area was altered.",
  LIVENESS_FACE_ATTACK: "The capture shows a screen.",
  LOW_FACE_MATCH_SIMILARITY: "The selfie is of another person.",
  FACE_IN_BLOCKLIST: "Known from an earlier fraud case.",
  DUPLICATED_FACE: "Second account of the same person under another name.",
  POSSIBLE_MATCH_FOUND: "Confirmed: the person on the restrictions list.",
  DATABASE_VALIDATION_NO_MATCH: "The registry does not know this person.",
  NAME_MISMATCH_ID_VERIFICATION: "The bill is in somebody else's name.",
  POA_DOCUMENT_EXPIRED: "The bill is older than three months. A newer one is needed.",
  NO_FACE_DETECTED: "The picture is too dark and blurred to be read. Please take it again.",
};

function reviewsOf(plan: UserPlan, officers: string[], random: Random, at: Date): Review[] {
  const user = random.pick(officers);
  const created_at = at.toISOString().replace(/\.\d{3}Z$/, "Z");
  if (plan.status === "Approved" && plan.hits > 0)
    return [{ user, new_status: "Approved", comment: random.pick(cleared), created_at }];
  if (plan.status === "Declined" && plan.problem && random.chance(0.6))
    return [{ user, new_status: "Declined", comment: remarks[plan.problem] ?? "Outside our policy.", created_at }];
  if (plan.status === "Resubmitted" && plan.problem)
    return [
      { user, new_status: "Resubmitted", comment: remarks[plan.problem] ?? "Please complete the session.", created_at },
    ];
  return [];
}

function documentWish(plan: UserPlan, startedAt: Date, now: Date, random: Random) {
  const withChip = plan.bundle === "full";
  if (plan.problem === "DOCUMENT_EXPIRED")
    return { withChip, expiresOn: new Date(startedAt.getTime() - random.int(8, 160) * day) };
  if (plan.status === "Kyc Expired") {
    const since = (now.getTime() - startedAt.getTime()) / day;
    return { withChip, expiresOn: new Date(startedAt.getTime() + random.number(5, since - 2, 2) * day) };
  }
  return { withChip };
}

const stoppable = new Set(["ID_VERIFICATION", "LIVENESS", "PHONE"]);

export interface PersonSession {
  key: string;
  application: ApplicationPlan;
  plan: UserPlan;
  person: Person;
  vendorData: string | null;
  now: Date;
  /** Key people begin when their company says so. */
  startedAt?: Date;
}

export function featuresOf(application: string, bundle: Bundle) {
  return workflowsOf(application, [bundle])[0]!;
}

export function personSession(wish: PersonSession): DemoSession {
  const { key, application, plan, person, now } = wish;
  const random = new Random(`session/${key}`);
  const workflow = featuresOf(application.application, plan.bundle);
  const startedAt = wish.startedAt ?? beginning(now, plan.status, random.fork("beginning"));
  const steps = plan.steps ?? workflow.features.length;
  const next = workflow.features[steps];
  const shelf = new MediaShelf();
  const one: UserCase = {
    key,
    person,
    document: documentOf(person, now, documentWish(plan, startedAt, now, random.fork("document"))),
    now,
    startedAt,
    status: plan.status,
    features: workflow.features,
    completed: new Set(workflow.features.slice(0, steps)),
    current: next && stoppable.has(next) && ["In Progress", "Abandoned"].includes(plan.status) ? next : null,
    problem: plan.problem,
    hits: plan.hits,
    random,
    shelf,
  };
  const done = stepTime(one, workflow.features.at(-1)!, 20);
  const looked = new Date(
    Math.min(done.getTime() + random.fork("review").number(0.4, 20) * hour, now.getTime() - 60_000),
  );
  const reviews = reviewsOf(plan, application.officers, random.fork("reviews"), looked);
  const finished = ["Approved", "Declined", "In Review", "Kyc Expired"].includes(plan.status);
  const decision = userDecision(one, {
    environment: application.environment,
    vendorData: wish.vendorData,
    reviews,
    channel: random.fork("channel").weighted([
      ["ios", 4],
      ["android", 5],
      ["web", 3],
      [null, 2],
    ] as const),
  });
  return {
    key,
    applicationKey: application.application,
    workflowKey: workflow.key,
    kind: "user",
    status: plan.status,
    decision,
    media: shelf.sources,
    vendorData: wish.vendorData,
    createdAt: startedAt,
    finishedAt: finished ? (reviews.length > 0 ? looked : done) : null,
  };
}

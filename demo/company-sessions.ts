import { makeCompany, peopleToVerify } from "@/domain/specimens/companies/company";
import type { BusinessCase, Children } from "@/domain/specimens/decisions/business-case";
import { businessDecision } from "@/domain/specimens/decisions/business-decision";
import { MediaShelf } from "@/domain/specimens/decisions/media-shelf";
import type { Review } from "@/domain/specimens/decisions/user-decision";
import type { Registrar } from "@/domain/specimens/people/person";
import { Random } from "@/domain/specimens/random";
import { beginning, featuresOf, personSession } from "./people-sessions";
import type { ApplicationPlan, CompanyPlan, UserPlan } from "./plans/plan";
import type { DemoSession } from "./session";

const hour = 3_600_000;

/** What of the workflow has run when a session of that status stands still. */
function progress(status: string, features: readonly string[]) {
  const all = new Set(features);
  switch (status) {
    case "Not Started":
    case "Expired":
      return { completed: new Set<string>(), current: null };
    case "In Progress":
      return { completed: new Set(["KYB_REGISTRY", "AML"]), current: "KYB_DOCUMENTS" };
    case "Abandoned":
      return { completed: new Set<string>(), current: "KYB_REGISTRY" };
    case "Awaiting User":
      all.delete("KYB_KEY_PEOPLE");
      return { completed: all, current: "KYB_KEY_PEOPLE" };
    default:
      return { completed: all, current: null };
  }
}

const remarks: Record<string, string> = {
  POSSIBLE_MATCH_FOUND: "The notice concerns a firm of a similar name in another country.",
  KYB_COMPANY_NOT_ACTIVE: "In liquidation since last year.",
  KYB_DOCUMENT_NAME_MISMATCH: "The certificate is that of another company.",
  KYB_DOCUMENT_MISSING_REQUIRED_FIELD: "The register of shareholders does not state the number of shares.",
  KYB_COMPANY_NOT_FROM_REGISTRY: "Compared the uploaded extract with the original by video call.",
};

function reviewsOf(plan: CompanyPlan, officers: string[], random: Random, at: Date): Review[] {
  const comment = plan.problem ? remarks[plan.problem] : undefined;
  if (!comment || plan.status === "In Review") return [];
  return [
    {
      user: random.pick(officers),
      new_status: plan.status,
      comment,
      created_at: at.toISOString().replace(/\.\d{3}Z$/, "Z"),
    },
  ];
}

const stepsOf: Record<string, number> = { "Not Started": 0, "In Progress": 1 };
const problemOf: Record<string, UserPlan["problem"]> = {
  "In Review": "POSSIBLE_MATCH_FOUND",
  Declined: "LOW_FACE_MATCH_SIMILARITY",
};

/** The sessions of a company's key people, then the company's own. */
export function* companySessions(
  application: ApplicationPlan,
  plan: CompanyPlan,
  number: number,
  registrar: Registrar,
  now: Date,
): Generator<DemoSession> {
  const key = `${application.application}/b/${plan.company}`;
  const company = makeCompany(plan.company, registrar);
  const random = new Random(`session/${key}`);
  const workflow = featuresOf(application.application, plan.bundle);
  const startedAt = beginning(now, plan.status, random.fork("beginning"));
  const { completed, current } = progress(plan.status, workflow.features);
  const reached = completed.has("KYB_KEY_PEOPLE") || current === "KYB_KEY_PEOPLE";

  const children = new Map<string, { sessionKey: string; status: string }>();
  for (const [index, person] of (reached ? peopleToVerify(company) : []).entries()) {
    const status = plan.people ? (plan.people[index] ?? plan.people.at(-1)!) : "Approved";
    const sessionKey = `${key}/${person.key.split("/").at(-1)}`;
    children.set(person.key, { sessionKey, status });
    yield personSession({
      key: sessionKey,
      application,
      plan: {
        bundle: "people",
        status,
        problem: problemOf[status] ?? null,
        hits: status === "In Review" ? 1 : 0,
        steps: stepsOf[status],
      },
      person,
      vendorData: `${application.prefix}-b-${String(number).padStart(4, "0")}-p${index + 1}`,
      now,
      // A person's number comes before that of the company they stand behind.
      startedAt: new Date(startedAt.getTime() - (index + 1) * 17 * 60_000),
    });
  }

  const shelf = new MediaShelf();
  const one: BusinessCase = {
    key,
    company,
    startedAt,
    status: plan.status,
    features: workflow.features,
    completed,
    current,
    problem: plan.problem,
    children: children satisfies Children,
    random,
    shelf,
  };
  const done = new Date(
    Math.min(startedAt.getTime() + random.fork("done").number(0.3, 40) * hour, now.getTime() - 60_000),
  );
  const vendorData = `${application.prefix}-b-${String(number).padStart(4, "0")}`;
  const finished = ["Approved", "Declined", "In Review", "Kyc Expired"].includes(plan.status);
  yield {
    key,
    applicationKey: application.application,
    workflowKey: workflow.key,
    kind: "business",
    status: plan.status,
    decision: businessDecision(one, {
      environment: application.environment,
      vendorData,
      reviews: reviewsOf(plan, application.officers, random.fork("reviews"), done),
      channel: random.fork("channel").pick(["web", "partner-portal", null]),
    }),
    media: shelf.sources,
    vendorData,
    createdAt: startedAt,
    finishedAt: finished ? done : null,
  };
}

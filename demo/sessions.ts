import { type Person, Registrar } from "@/domain/specimens/people/person";
import { unusualNames } from "@/domain/specimens/people/unusual-names";
import { Random } from "@/domain/specimens/random";
import { companySessions } from "./company-sessions";
import { personSession } from "./people-sessions";
import { otherPlans } from "./plans/others";
import type { ApplicationPlan } from "./plans/plan";
import { primaryPlan } from "./plans/primary";
import type { DemoSession } from "./session";

function* peopleOf(application: ApplicationPlan, registrar: Registrar, now: Date): Generator<DemoSession> {
  const approved: { person: Person; vendorData: string | null }[] = [];
  for (const [index, plan] of application.users.entries()) {
    const number = String(index + 1).padStart(4, "0");
    const key = `${application.application}/u/${number}`;
    const random = new Random(`cast/${key}`);
    const earlier = plan.earlierAttempt ? random.pick(approved) : undefined;
    const unusual = plan.unusual === undefined ? undefined : unusualNames[plan.unusual];
    const person =
      earlier?.person ?? registrar.person(key, unusual?.country ?? random.weighted(application.countries), unusual);
    const vendorData = earlier ? earlier.vendorData : random.chance(0.08) ? null : `${application.prefix}-u-${number}`;
    if (plan.status === "Approved" && plan.bundle !== "full") approved.push({ person, vendorData });
    yield personSession({ key, application, plan, person, vendorData, now });
  }
}

/**
 * Every session of the demo; the people behind a company come before it. Nothing but the dates depends on `now`.
 */
export function* demoSessions(now: Date): Generator<DemoSession> {
  const registrar = new Registrar();
  for (const application of [primaryPlan, ...otherPlans]) {
    yield* peopleOf(application, registrar, now);
    for (const [index, plan] of application.companies.entries())
      yield* companySessions(application, plan, index + 1, registrar, now);
  }
}

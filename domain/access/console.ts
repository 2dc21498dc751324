import { and, asc, eq, isNull } from "drizzle-orm";
import { directory } from "@/db/client";
import { applications, consoleSessions, members, memberships, organisations } from "@/db/schema";
import { DomainError } from "../errors";
import type { Locale, Role } from "./rules";

export interface MemberOrganisation {
  id: string;
  name: string;
  role: Role;
  applications: { id: string; name: string; environment: "sandbox" | "live" }[];
}

/** Where a member may work: their organisations with every application in them. */
export async function organisationsOf(memberId: string): Promise<MemberOrganisation[]> {
  const rows = await directory()
    .select({
      id: organisations.id,
      name: organisations.name,
      role: memberships.role,
      application: { id: applications.id, name: applications.name, environment: applications.environment },
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .innerJoin(applications, and(eq(applications.organisationId, organisations.id), isNull(applications.deletedAt)))
    .where(eq(memberships.memberId, memberId))
    .orderBy(asc(organisations.name), asc(applications.name));
  const grouped = new Map<string, MemberOrganisation>();
  for (const { application, ...organisation } of rows) {
    const held = grouped.get(organisation.id) ?? { ...organisation, applications: [] };
    held.applications.push(application);
    grouped.set(organisation.id, held);
  }
  return [...grouped.values()];
}

/**
 * Makes another application the current one of this console session.
 * @throws not_found when the member does not belong to its organisation
 */
export async function switchApplication(
  session: { sid: string; memberId: string },
  applicationId: string,
): Promise<void> {
  const [allowed] = await directory()
    .select({ id: applications.id })
    .from(applications)
    .innerJoin(
      memberships,
      and(eq(memberships.organisationId, applications.organisationId), eq(memberships.memberId, session.memberId)),
    )
    .where(and(eq(applications.id, applicationId), isNull(applications.deletedAt)));
  if (!allowed) throw new DomainError("not_found", "Not found.");
  await directory().update(consoleSessions).set({ applicationId }).where(eq(consoleSessions.id, session.sid));
}

export async function setLocale(memberId: string, locale: Locale): Promise<void> {
  await directory().update(members).set({ locale }).where(eq(members.id, memberId));
}

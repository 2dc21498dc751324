import { and, eq, isNull } from "drizzle-orm";
import { directory, inTenant } from "@/db/client";
import { applications, memberships, sessions } from "@/db/schema";

/** Whether this member may look at the original of a clone: they belong to its organisation, and it still exists. */
export async function originalIsFollowable(
  memberId: string,
  original: { applicationId: string; sessionId: string },
): Promise<boolean> {
  const [membership] = await directory()
    .select({ role: memberships.role })
    .from(memberships)
    .innerJoin(
      applications,
      and(eq(applications.organisationId, memberships.organisationId), isNull(applications.deletedAt)),
    )
    .where(and(eq(memberships.memberId, memberId), eq(applications.id, original.applicationId)));
  // Every role may read sessions, so belonging to the organisation is enough.
  if (!membership) return false;
  return inTenant({ applicationId: original.applicationId }, async (tx) => {
    const [found] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.applicationId, original.applicationId), eq(sessions.id, original.sessionId)));
    return found !== undefined;
  });
}

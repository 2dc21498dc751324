import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { directory } from "@/db/client";
import { members, memberships } from "@/db/schema";
import { type Actor, authorize } from "../actor";

export interface Colleague {
  email: string;
  name: string;
}

/**
 * Everybody else in the organisation: whom a note may name.
 * @throws forbidden
 */
export async function listColleagues(actor: Actor): Promise<Colleague[]> {
  authorize(actor, "write:sessions");
  return directory()
    .select({ email: members.email, name: members.name })
    .from(memberships)
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
    .where(and(eq(memberships.organisationId, actor.organisationId), ne(members.id, actor.id)))
    .orderBy(asc(members.name), asc(members.email));
}

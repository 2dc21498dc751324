import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { directory, type Tx } from "@/db/client";
import { members, memberships } from "@/db/schema";
import { privilegesOf, ROLES } from "../access/rules";
import { type Actor, authorize } from "../actor";
import { invalidField } from "../errors";

export interface Assignee {
  id: string;
  /** The e-mail address, as audit entries name members. */
  label: string;
}

const REVIEWERS = ROLES.filter((role) => privilegesOf(role).includes("write:sessions"));

const reviewers = (reader: Pick<Tx, "select">, actor: Actor, id?: string) =>
  reader
    .select({ id: members.id, label: members.email, name: members.name })
    .from(memberships)
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
    .where(
      and(
        eq(memberships.organisationId, actor.organisationId),
        inArray(memberships.role, REVIEWERS),
        id === undefined ? undefined : eq(members.id, id),
      ),
    )
    .orderBy(asc(members.name), asc(members.email));

/**
 * Members who may decide, and so may be given cases.
 * @throws forbidden
 */
export async function listAssignees(actor: Actor): Promise<(Assignee & { name: string })[]> {
  authorize(actor, "read:sessions");
  return reviewers(directory(), actor);
}

/**
 * `me`, or a member of the organisation who may decide.
 * @throws invalid_input (an API key is nobody to give a case to; somebody unknown, or without the right to decide)
 */
export async function assigneeOf(tx: Tx, actor: Actor, wanted: string): Promise<Assignee> {
  if (wanted === "me" || (wanted === actor.id && actor.kind === "member")) {
    if (actor.kind !== "member") throw invalidField("assignee_id", "Name a member: a key holds no cases.");
    return { id: actor.id, label: actor.label };
  }
  const [found] = await reviewers(tx, actor, wanted);
  if (!found) throw invalidField("assignee_id", "This is no member who may decide sessions.");
  return { id: found.id, label: found.label };
}

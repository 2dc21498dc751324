import { createHash, randomBytes } from "node:crypto";
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, type Tx } from "@/db/client";
import { invitations, members, memberships, organisations } from "@/db/schema";
import { env } from "@/env";
import { authorize, type OrganisationActor } from "../actor";
import { DomainError, invalidField } from "../errors";
import { queueMail } from "../mail/queue";
import { recordInOrganisation } from "./organisation-trail";
import { memberWith, normalised } from "./registration";
import { type Locale, ROLES, type Role } from "./rules";
import { countAgainst, INVITATIONS } from "./throttle";

export const INVITATION_DAYS = 7;

/** A member, or somebody who was invited and has not come yet. */
export interface MemberView {
  /** Of the member, or of the invitation. */
  id: string;
  email: string;
  name: string | null;
  role: Role;
  state: "active" | "disabled" | "invited";
  /** When they joined, or were invited. */
  since: Date;
  /** Of an invitation. */
  expiresAt: Date | null;
}

/**
 * Members by name, then open invitations.
 * @throws forbidden
 */
export async function listMembers(actor: OrganisationActor): Promise<MemberView[]> {
  authorize(actor, "read:members");
  const [joined, invited] = await Promise.all([
    directory()
      .select({ member: members, membership: memberships })
      .from(memberships)
      .innerJoin(members, eq(members.id, memberships.memberId))
      .where(eq(memberships.organisationId, actor.organisationId))
      .orderBy(asc(members.name), asc(members.email)),
    directory()
      .select()
      .from(invitations)
      .where(and(eq(invitations.organisationId, actor.organisationId), isOpen))
      .orderBy(asc(invitations.email)),
  ]);
  return [
    ...joined.map(({ member, membership }) => ({
      id: member.id,
      email: member.email,
      name: member.name,
      role: membership.role,
      state: member.disabledAt ? ("disabled" as const) : ("active" as const),
      since: membership.createdAt,
      expiresAt: null,
    })),
    ...invited.map(invitedView),
  ];
}

/** An invitation that ran out is still shown, so that it can be sent again or taken back. */
const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

const invitedView = (row: typeof invitations.$inferSelect): MemberView => ({
  id: row.id,
  email: row.email,
  name: null,
  role: row.role,
  state: "invited",
  since: row.createdAt,
  expiresAt: row.expiresAt,
});

export const InviteInput = z.object({ email: z.email("Enter a valid email address.").max(254), role: z.enum(ROLES) });
export type InviteInput = z.input<typeof InviteInput>;

/**
 * Invites somebody by mail. Inviting an address again replaces its open invitation: only the newest link works.
 * @throws forbidden (only an owner makes owners), invalid_input, conflict (a member already), rate_limited
 */
export async function inviteMember(
  actor: OrganisationActor,
  given: InviteInput,
  locale: Locale = "en",
): Promise<MemberView> {
  authorize(actor, "write:members");
  const input = InviteInput.parse(given);
  const email = normalised(input.email);
  await countAgainst(INVITATIONS, actor.organisationId);
  const token = randomBytes(32).toString("base64url");
  return directory().transaction(async (tx) => {
    // The organisation's row makes acts on its people take turns.
    const organisation = await lockOrganisation(tx, actor);
    await mayGrant(tx, actor, input.role);
    const present = await memberWith(tx, email);
    if (present && (await roleOf(tx, actor.organisationId, present.id)))
      throw invalidField("email", "This person is a member already.", "conflict");
    await tx
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(invitations.organisationId, actor.organisationId), eq(invitations.email, email), isOpen));
    const [invitation] = await tx
      .insert(invitations)
      .values({
        organisationId: actor.organisationId,
        id: uuid(),
        email,
        role: input.role,
        tokenDigest: digestOfInvitation(token),
        invitedBy: actor.label,
        expiresAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000),
      })
      .returning();
    await queueMail(tx, {
      recipient: email,
      organisationId: actor.organisationId,
      locale,
      content: {
        kind: "invitation",
        organisation: organisation.name,
        invitedBy: actor.label,
        // In the fragment: a link's fragment reaches neither servers' logs nor the next site's referrer.
        url: `${env().publicUrl}/invitation#${token}`,
        days: INVITATION_DAYS,
      },
    });
    await recordInOrganisation(tx, actor, {
      action: "member.invite",
      subjectKind: "member",
      subjectId: invitation!.id,
      detail: { role: input.role },
    });
    return invitedView(invitation!);
  });
}

export const digestOfInvitation = (token: string) => createHash("sha256").update(`invitation|${token}`).digest();

export const RoleInput = z.object({ id: z.uuid(), role: z.enum(ROLES) });

/**
 * Gives a member, or an open invitation, another role; it counts from the next request on.
 * @throws forbidden (only an owner makes or unmakes owners), not_found, last_owner
 */
export async function changeRole(actor: OrganisationActor, given: z.input<typeof RoleInput>): Promise<MemberView> {
  authorize(actor, "write:members");
  const { id, role } = RoleInput.parse(given);
  return directory().transaction(async (tx) => {
    await lockOrganisation(tx, actor);
    const own = and(eq(memberships.organisationId, actor.organisationId), eq(memberships.memberId, id));
    const before = await roleOf(tx, actor.organisationId, id);
    if (!before) return changeInvitation(tx, actor, id, role);
    if (before !== role) {
      await mayGrant(tx, actor, role);
      await mayGrant(tx, actor, before);
      if (before === "owner") await keepAnOwner(tx, actor, id);
      await tx.update(memberships).set({ role }).where(own);
      await recordInOrganisation(tx, actor, {
        action: "member.role_changed",
        subjectKind: "member",
        subjectId: id,
        detail: { from: before, to: role },
      });
    }
    const [row] = await tx
      .select({ member: members, membership: memberships })
      .from(memberships)
      .innerJoin(members, eq(members.id, memberships.memberId))
      .where(own);
    return {
      id,
      email: row!.member.email,
      name: row!.member.name,
      role,
      state: row!.member.disabledAt ? "disabled" : "active",
      since: row!.membership.createdAt,
      expiresAt: null,
    };
  });
}

async function changeInvitation(tx: Tx, actor: OrganisationActor, id: string, role: Role): Promise<MemberView> {
  const own = and(eq(invitations.organisationId, actor.organisationId), eq(invitations.id, id), isOpen);
  const [before] = await tx.select().from(invitations).where(own);
  if (!before) throw new DomainError("not_found", "Not found.");
  if (before.role === role) return invitedView(before);
  await mayGrant(tx, actor, role);
  await mayGrant(tx, actor, before.role);
  await tx.update(invitations).set({ role }).where(own);
  await recordInOrganisation(tx, actor, {
    action: "member.role_changed",
    subjectKind: "member",
    subjectId: id,
    detail: { from: before.role, to: role, invited: true },
  });
  return invitedView({ ...before, role });
}

/**
 * Takes a member out of the organisation, or an invitation back. Their very next request fails; their account stays.
 * @throws forbidden (only an owner removes owners), not_found, last_owner
 */
export async function removeMember(actor: OrganisationActor, given: { id: string }): Promise<{ id: string }> {
  // Everybody may leave.
  if (actor.id !== given.id) authorize(actor, "write:members");
  const { id } = given;
  return directory().transaction(async (tx) => {
    await lockOrganisation(tx, actor);
    const role = await roleOf(tx, actor.organisationId, id);
    if (role) {
      await mayGrant(tx, actor, role);
      if (role === "owner") await keepAnOwner(tx, actor, id);
      await tx
        .delete(memberships)
        .where(and(eq(memberships.organisationId, actor.organisationId), eq(memberships.memberId, id)));
    } else {
      const [taken] = await tx
        .update(invitations)
        .set({ revokedAt: sql`now()` })
        .where(and(eq(invitations.organisationId, actor.organisationId), eq(invitations.id, id), isOpen))
        .returning({ role: invitations.role });
      if (!taken) throw new DomainError("not_found", "Not found.");
      await mayGrant(tx, actor, taken.role);
    }
    await recordInOrganisation(tx, actor, {
      action: "member.remove",
      subjectKind: "member",
      subjectId: id,
      detail: role ? { role } : { invited: true },
    });
    return { id };
  });
}

/** @throws not_found */
export async function lockOrganisation(tx: Tx, actor: OrganisationActor): Promise<typeof organisations.$inferSelect> {
  const [row] = await tx.select().from(organisations).where(eq(organisations.id, actor.organisationId)).for("update");
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

export async function roleOf(tx: Tx, organisationId: string, memberId: string): Promise<Role | undefined> {
  const [row] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), eq(memberships.memberId, memberId)));
  return row?.role;
}

/** An admin manages everybody but owners. The role is the one of this moment, not the one that the request came with. */
async function mayGrant(tx: Tx, actor: OrganisationActor, role: Role): Promise<void> {
  if (role !== "owner" || (await roleOf(tx, actor.organisationId, actor.id)) === "owner") return;
  throw new DomainError("forbidden", "Only an owner can do this to an owner.");
}

/** The organisation's row is locked, so two owners cannot take each other out in the same instant. */
async function keepAnOwner(tx: Tx, actor: OrganisationActor, besides: string): Promise<void> {
  const [other] = await tx
    .select({ id: memberships.memberId })
    .from(memberships)
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
    .where(
      and(
        eq(memberships.organisationId, actor.organisationId),
        eq(memberships.role, "owner"),
        sql`${memberships.memberId} <> ${besides}::uuid`,
      ),
    )
    .limit(1);
  if (!other)
    throw new DomainError("last_owner", "An organisation keeps at least one owner. Make somebody else one first.");
}

/** Used by acceptance: an invitation that can still be taken up. */
export const isAcceptable = and(isOpen, gt(invitations.expiresAt, sql`now()`));

import { and, eq, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, violates } from "@/db/client";
import { invitations, members, memberships, organisations } from "@/db/schema";
import { DomainError, invalidField } from "../errors";
import { digestOfInvitation, isAcceptable } from "./members";
import { recordInOrganisation } from "./organisation-trail";
import { hashPassword, inTurn } from "./password";
import { memberWith, type Origin } from "./registration";
import { passwordProblem, privilegesOf, type Role } from "./rules";
import { checkCredentials, type Member } from "./sign-in";

const Token = z.string().min(20).max(200);

export interface InvitationView {
  organisationName: string;
  email: string;
  role: Role;
  invitedBy: string;
  /** They sign in with the password they have instead of choosing one. */
  hasAccount: boolean;
}

const gone = () =>
  new DomainError("invitation_invalid", "This invitation has expired, was taken back or was used already.");

/**
 * What an invitation says to whoever holds its link. Nothing is used up.
 * @throws invitation_invalid
 */
export async function readInvitation(given: { token: string }): Promise<InvitationView> {
  const token = Token.safeParse(given.token);
  if (!token.success) throw gone();
  const [row] = await directory()
    .select({ invitation: invitations, organisationName: organisations.name })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .where(and(eq(invitations.tokenDigest, digestOfInvitation(token.data)), isAcceptable));
  if (!row) throw gone();
  const { email, role, invitedBy } = row.invitation;
  return {
    organisationName: row.organisationName,
    email,
    role,
    invitedBy,
    hasAccount: (await memberWith(directory(), email)) !== undefined,
  };
}

export const AcceptInput = z.object({
  token: Token,
  /** Of a new account; whoever has one keeps theirs. */
  name: z.string().trim().min(1).max(80).optional(),
  password: z.string().min(1).max(1024),
});
export type AcceptInput = z.input<typeof AcceptInput>;

/**
 * Takes an invitation up, once: a new account with the password chosen here, or the account that the address has, for
 * whoever knows its password.
 * @throws invitation_invalid, invalid_input, unauthenticated, rate_limited
 */
export async function acceptInvitation(given: AcceptInput, from: Origin): Promise<Member> {
  const input = AcceptInput.parse(given);
  const view = await readInvitation(input);
  const existing = await memberWith(directory(), view.email);
  let passwordHash: string | undefined;
  if (existing) {
    // A guess here is counted like one at the front door.
    await checkCredentials({ email: view.email, password: input.password });
  } else {
    const problem = passwordProblem(input.password);
    if (problem) throw invalidField("password", problem);
    if (!input.name) throw invalidField("name", "This field is required.");
    passwordHash = await inTurn(() => hashPassword(input.password));
  }
  try {
    return await directory().transaction(async (tx) => {
      const [taken] = await tx
        .update(invitations)
        .set({ acceptedAt: sql`now()` })
        .where(and(eq(invitations.tokenDigest, digestOfInvitation(input.token)), isAcceptable))
        .returning();
      if (!taken) throw gone();
      const member =
        existing ??
        (
          await tx
            .insert(members)
            .values({
              id: uuid(),
              email: taken.email,
              name: input.name!,
              passwordHash: passwordHash!,
              locale: from.locale ?? "en",
            })
            .returning()
        )[0]!;
      await tx
        .insert(memberships)
        .values({ organisationId: taken.organisationId, memberId: member.id, role: taken.role })
        .onConflictDoNothing();
      await recordInOrganisation(
        tx,
        {
          kind: "member",
          id: member.id,
          label: member.email,
          organisationId: taken.organisationId,
          privileges: new Set(privilegesOf(taken.role)),
          ip: from.ip,
          requestId: from.requestId,
        },
        { action: "member.join", subjectKind: "member", subjectId: member.id, detail: { role: taken.role } },
      );
      return member;
    });
  } catch (error) {
    // The address registered by itself in the meantime: the page then asks for that password.
    if (violates(error, "members_email_once"))
      throw new DomainError("stale_version", "You have an account now. Sign in with it.");
    throw error;
  }
}

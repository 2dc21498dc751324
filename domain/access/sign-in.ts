import { createHash } from "node:crypto";
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { directory, inTenant } from "@/db/client";
import { applications, consoleSessions, members, memberships, organisations, signInFailures } from "@/db/schema";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { inTurn, passwordMatches } from "./password";
import { type Locale, privilegesOf, type Role } from "./rules";

/** Contract section 6: 5 failures lock for 15 minutes, 10 for an hour, 20 for a day. Seconds. */
const LOCKS: readonly [failures: number, seconds: number][] = [
  [20, 86_400],
  [10, 3_600],
  [5, 900],
];

const CONSOLE_SESSION_SECONDS = 12 * 3600;

export type Member = typeof members.$inferSelect;

export interface SignedIn {
  sid: string;
  memberId: string;
  email: string;
  name: string;
  locale: Locale;
}

/**
 * Checks e-mail and password and opens a console session.
 * @throws unauthenticated (wrong, unknown or disabled: one answer), rate_limited (locked, with the seconds to wait)
 */
export async function signIn(input: {
  email: string;
  password: string;
  ip?: string;
  userAgent?: string;
}): Promise<SignedIn> {
  const member = await checkCredentials(input);
  return openConsoleSession(member, input);
}

/** @throws as `signIn` */
export async function checkCredentials(input: { email: string; password: string }): Promise<Member> {
  const email = input.email.trim().toLowerCase();
  const account = createHash("sha256").update(`sign-in|${email}`).digest();
  const db = directory();
  // One guess is answered before the next is looked at: a burst cannot slip past the lock together.
  return inTurn(async () => {
    const [[failure], [member]] = await Promise.all([
      db.select().from(signInFailures).where(eq(signInFailures.accountDigest, account)),
      db
        .select()
        .from(members)
        .where(and(eq(sql`lower(${members.email})`, email), isNull(members.disabledAt))),
    ]);
    const lockedForMs = (failure?.lockedUntil?.getTime() ?? 0) - Date.now();
    if (lockedForMs > 0) {
      throw new DomainError("rate_limited", "Too many failed attempts. Try again later.", {
        retryAfterInSeconds: Math.ceil(lockedForMs / 1000),
      });
    }
    const matches = await passwordMatches(member?.passwordHash, input.password);
    if (!member || !matches) {
      await countFailure(account);
      throw new DomainError("unauthenticated", "E-mail or password is wrong.");
    }
    if (failure) await db.delete(signInFailures).where(eq(signInFailures.accountDigest, account));
    return member;
  });
}

/** For somebody whose e-mail and password, or whose link, have been checked. */
export async function openConsoleSession(member: Member, from: { ip?: string; userAgent?: string }): Promise<SignedIn> {
  const sid = uuid();
  const home = await firstApplication(member.id);
  await directory()
    .insert(consoleSessions)
    .values({
      id: sid,
      memberId: member.id,
      applicationId: home?.id ?? null,
      expiresAt: new Date(Date.now() + CONSOLE_SESSION_SECONDS * 1000),
      ip: from.ip ?? null,
      userAgent: from.userAgent?.slice(0, 300) ?? null,
    });
  const session = await consoleSession(sid);
  if (session?.actor) await trail({ ...session.actor, ip: from.ip }, "member.sign_in");
  return { sid, memberId: member.id, email: member.email, name: member.name, locale: member.locale };
}

async function countFailure(account: Buffer): Promise<void> {
  const step = (count: ReturnType<typeof sql>) =>
    sql`case ${sql.join(
      LOCKS.map(
        ([failures, seconds]) => sql`when (${count}) % ${failures} = 0 then now() + make_interval(secs => ${seconds})`,
      ),
      sql` `,
    )} else null end`;
  // A day without a failure, and earlier ones are forgotten.
  const next = sql`case when ${signInFailures.lastFailureAt} < now() - interval '1 day' then 1 else ${signInFailures.failures} + 1 end`;
  await directory()
    .insert(signInFailures)
    .values({ accountDigest: account, failures: 1, lastFailureAt: new Date() })
    .onConflictDoUpdate({
      target: signInFailures.accountDigest,
      // Another process may have locked it in the meantime: a failure never opens a lock.
      set: {
        failures: next,
        lastFailureAt: sql`now()`,
        lockedUntil: sql`greatest(${signInFailures.lockedUntil}, ${step(next)})`,
      },
    });
}

export interface ConsoleSession {
  sid: string;
  member: { id: string; email: string; name: string; locale: Locale };
  /** Null for a member of no organisation. */
  actor: Actor | null;
  role: Role | null;
  organisationName: string | null;
  applicationName: string | null;
}

/** One query per request: a revoked session, a removed membership or a changed role counts from the next request on. */
export async function consoleSession(sid: string): Promise<ConsoleSession | null> {
  const [row] = await directory()
    .select({
      session: consoleSessions,
      member: members,
      application: applications,
      organisation: organisations,
      role: memberships.role,
    })
    .from(consoleSessions)
    .innerJoin(members, and(eq(members.id, consoleSessions.memberId), isNull(members.disabledAt)))
    .leftJoin(applications, and(eq(applications.id, consoleSessions.applicationId), isNull(applications.deletedAt)))
    .leftJoin(organisations, eq(organisations.id, applications.organisationId))
    .leftJoin(
      memberships,
      and(eq(memberships.organisationId, applications.organisationId), eq(memberships.memberId, members.id)),
    )
    .where(
      and(eq(consoleSessions.id, sid), isNull(consoleSessions.revokedAt), gt(consoleSessions.expiresAt, sql`now()`)),
    );
  if (!row) return null;
  const { member, application, role } = row;
  return {
    sid,
    member: { id: member.id, email: member.email, name: member.name, locale: member.locale },
    role,
    organisationName: row.organisation?.name ?? null,
    applicationName: application?.name ?? null,
    actor:
      application && role
        ? {
            kind: "member",
            id: member.id,
            label: member.email,
            applicationId: application.id,
            organisationId: application.organisationId,
            environment: application.environment,
            kybStatusFormat: application.kybStatusFormat,
            privileges: new Set(privilegesOf(role)),
          }
        : null,
  };
}

/** Signing out takes effect at once, in every process. */
export async function signOut(sid: string, from: { ip?: string } = {}): Promise<void> {
  const session = await consoleSession(sid);
  await directory()
    .update(consoleSessions)
    .set({ revokedAt: new Date() })
    .where(and(eq(consoleSessions.id, sid), isNull(consoleSessions.revokedAt)));
  if (session?.actor) await trail({ ...session.actor, ip: from.ip }, "member.sign_out");
}

function trail(actor: Actor, action: "member.sign_in" | "member.sign_out"): Promise<void> {
  return inTenant({ applicationId: actor.applicationId }, (tx) =>
    recordAudit(tx, actor, { action, subjectKind: "member", subjectId: actor.id }),
  );
}

async function firstApplication(memberId: string): Promise<{ id: string } | undefined> {
  const [found] = await directory()
    .select({ id: applications.id })
    .from(memberships)
    .innerJoin(
      applications,
      and(eq(applications.organisationId, memberships.organisationId), isNull(applications.deletedAt)),
    )
    .where(eq(memberships.memberId, memberId))
    .orderBy(asc(memberships.createdAt), asc(applications.createdAt), asc(applications.id))
    .limit(1);
  return found;
}

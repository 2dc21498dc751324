import { and, asc, eq, isNull } from "drizzle-orm";
import { directory, inTenant } from "@/db/client";
import { applications, memberships } from "@/db/schema";
import { recordAudit } from "../audit/record";
import { introspectAccessToken, openTokenSession, type Person, type Tokens } from "./access-tokens";
import { identifyApiKey } from "./api-keys";
import type { Origin } from "./registration";
import { privilegesOf, type Role } from "./rules";
import { checkCredentials } from "./sign-in";

/**
 * Signs in over the API with e-mail and password.
 * @throws unauthenticated (wrong, unknown or disabled: one answer), rate_limited (locked, with the seconds to wait)
 */
export async function signInForTokens(input: { email: string; password: string }, from: Origin): Promise<Tokens> {
  const member = await checkCredentials(input);
  const [tokens, [home]] = await Promise.all([
    openTokenSession(member, from),
    directory()
      .select({ id: applications.id })
      .from(memberships)
      .innerJoin(
        applications,
        and(eq(applications.organisationId, memberships.organisationId), isNull(applications.deletedAt)),
      )
      .where(eq(memberships.memberId, member.id))
      .orderBy(asc(memberships.createdAt), asc(applications.createdAt), asc(applications.id))
      .limit(1),
  ]);
  if (home) {
    await inTenant({ applicationId: home.id }, (tx) =>
      recordAudit(
        tx,
        { kind: "member", id: member.id, label: member.email, applicationId: home.id, ...requestOf(from) },
        { action: "member.sign_in", subjectKind: "member", subjectId: member.id, detail: { over: "api" } },
      ),
    );
  }
  return tokens;
}

const requestOf = ({ ip, requestId }: Origin) => ({ ip, requestId });

export interface Introspection {
  person: Person;
  exp: number;
  organisationId: string;
  clientId: string;
  role: Role;
  permissions: readonly string[];
}

/**
 * RFC 7662 for an application that was handed an access token: who holds it, and what they may do in the application's
 * organisation. Null for every token that is not live, and for holders who do not belong there.
 */
export async function introspect(
  asking: { clientId: string; secret: string; ip?: string },
  token: string,
): Promise<{ asking: true; found: Introspection | null } | null> {
  const application = await identifyApiKey(asking.secret, asking.ip);
  if (!application) return null;
  const [own] = await directory()
    .select({ clientId: applications.clientId })
    .from(applications)
    .where(eq(applications.id, application.applicationId));
  if (own?.clientId !== asking.clientId) return null;
  const held = await introspectAccessToken(token);
  if (!held) return { asking: true, found: null };
  const { organisationId } = application;
  const [membership] = await directory()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), eq(memberships.memberId, held.person.memberId)));
  if (!membership) return { asking: true, found: null };
  const { role } = membership;
  return {
    asking: true,
    found: { ...held, organisationId, clientId: own.clientId, role, permissions: privilegesOf(role) },
  };
}

import { and, eq, isNull } from "drizzle-orm";
import { atTheDoor, directory } from "@/db/client";
import { applications, sessions } from "@/db/schema";
import type { Applicant } from "../actor";
import { digestOfSessionToken } from "../sessions/token";

const TOKEN = /^[\w-]{12}$/;

/** Whoever holds the link of a session, as somebody who may walk through it; null when no session has that token. */
export async function identifyApplicant(
  token: string,
  from: { ip?: string; requestId?: string } = {},
): Promise<Applicant | null> {
  if (!TOKEN.test(token)) return null;
  const digest = digestOfSessionToken(token);
  const [found] = await atTheDoor(digest, (tx) =>
    tx
      .select({ applicationId: sessions.applicationId, sessionId: sessions.id })
      .from(sessions)
      .where(eq(sessions.tokenDigest, digest)),
  );
  if (!found) return null;
  const [application] = await directory()
    .select({ organisationId: applications.organisationId, kybStatusFormat: applications.kybStatusFormat })
    .from(applications)
    .where(and(eq(applications.id, found.applicationId), isNull(applications.deletedAt)));
  return application
    ? { kind: "applicant", id: found.sessionId, label: "applicant", ...found, ...application, ...from }
    : null;
}

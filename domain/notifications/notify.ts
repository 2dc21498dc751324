import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { members, memberships, notifications } from "@/db/schema";
import { env } from "@/env";
import type { Locale } from "../access/rules";
import { type Actor, ownedBy } from "../actor";
import { queueMail } from "../mail/queue";
import { MOST_MENTIONED, mentionedIn } from "./rules";

interface Told {
  id: string;
  email: string;
  locale: string;
}

/** Members of the actor's organisation, whoever asks left out: nobody is told what they did themselves. */
const colleagues = (actor: Actor) =>
  and(
    eq(memberships.organisationId, actor.organisationId),
    isNull(members.disabledAt),
    actor.kind === "member" ? sql`${members.id} <> ${actor.id}::uuid` : undefined,
  );

/** Tells those whom a note names, in the application and by mail. An address that is nobody's here is only text. */
export async function notifyMentioned(
  tx: Tx,
  actor: Actor,
  note: { sessionId: string; sessionNumber: number; comment: string | undefined },
): Promise<void> {
  const addresses = [...new Set(mentionedIn(note.comment).map((address) => address.toLowerCase()))];
  if (addresses.length === 0) return;
  const named = await tx
    .select({ id: members.id, email: members.email, locale: members.locale })
    .from(memberships)
    .innerJoin(members, eq(members.id, memberships.memberId))
    .where(and(colleagues(actor), inArray(sql`lower(${members.email})`, addresses.slice(0, MOST_MENTIONED))));
  await tell(tx, actor, named, { kind: "mention", sessionId: note.sessionId, sessionNumber: note.sessionNumber });
}

/** Tells a member that somebody has given them cases: one session by its number, several by how many they are. */
export async function notifyAssigned(
  tx: Tx,
  actor: Actor,
  assigneeId: string,
  given: readonly { sessionId: string; sessionNumber: number | null }[],
): Promise<void> {
  const [first, ...more] = given;
  if (!first || (actor.kind === "member" && assigneeId === actor.id)) return;
  const told = await tx
    .select({ id: members.id, email: members.email, locale: members.locale })
    .from(memberships)
    .innerJoin(members, eq(members.id, memberships.memberId))
    .where(and(colleagues(actor), eq(members.id, assigneeId)));
  await tell(
    tx,
    actor,
    told,
    more.length === 0
      ? { kind: "assignment", sessionId: first.sessionId, sessionNumber: first.sessionNumber }
      : { kind: "assignment", sessionId: null, count: given.length },
  );
}

async function tell(
  tx: Tx,
  actor: Actor,
  told: readonly Told[],
  what: {
    kind: "mention" | "assignment";
    sessionId: string | null;
    sessionNumber?: number | null;
    count?: number;
  },
): Promise<void> {
  if (told.length === 0) return;
  const { kind, sessionId, sessionNumber = null, count = 1 } = what;
  const by = actor.kind === "member" ? actor.label : "Aval";
  // The number and a link: whom it is about is read behind the sign-in.
  const url = `${env().publicUrl}${sessionId ? `/sessions/${sessionId}` : "/queue?assignee=me"}`;
  await Promise.all([
    tx.insert(notifications).values(
      told.map(({ id }) => ({
        applicationId: actor.applicationId,
        id: uuid(),
        memberId: id,
        kind,
        sessionId,
        count,
        byLabel: by,
      })),
    ),
    ...told.map(({ email, locale }) =>
      queueMail(tx, {
        recipient: email,
        organisationId: actor.organisationId,
        locale: locale as Locale,
        content:
          kind === "mention"
            ? { kind: "session_mention", by, number: sessionNumber ?? 0, url }
            : { kind: "case_assignment", by, number: sessionNumber, count, url },
      }),
    ),
  ]);
}

export const ofMember = (actor: Actor) => and(ownedBy(actor, notifications), eq(notifications.memberId, actor.id));

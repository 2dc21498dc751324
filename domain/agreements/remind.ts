import { and, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import { asWorker, directory, inTenant } from "@/db/client";
import { agreementReminders, agreementVersions, applications, members, memberships } from "@/db/schema";
import { env } from "@/env";
import { applicationCards } from "../access/applications";
import { privilegesOf, ROLES } from "../access/rules";
import { queueMail } from "../mail/queue";
import { SIDES } from "../partners/relation-rules";
import { dayOf, daysUntil, REMINDERS_IN_DAYS, reminderDue, standingOf } from "./rules";

const REMINDED_ROLES = ROLES.filter((role) => privilegesOf(role).includes("write:partners"));

/**
 * Reminds both sides of agreements that are to be reviewed soon: whoever may change partners gets a mail, once for each
 * of REMINDERS_IN_DAYS. Several processes may do it at once.
 * @returns how many sides were reminded
 */
export async function remindOfReviews(now = new Date()): Promise<number> {
  const last = dayOf(new Date(now.getTime() + Math.max(...REMINDERS_IN_DAYS) * 86_400_000));
  const due = await asWorker((tx) =>
    tx
      .select({
        issuer: agreementVersions.issuerApplicationId,
        receiver: agreementVersions.receiverApplicationId,
        version: agreementVersions.version,
        state: agreementVersions.state,
        reviewOn: agreementVersions.reviewOn,
        endsOn: agreementVersions.endsOn,
      })
      .from(agreementVersions)
      .where(
        and(
          eq(agreementVersions.state, "in_force"),
          gte(agreementVersions.reviewOn, dayOf(now)),
          lte(agreementVersions.reviewOn, last),
        ),
      )
      .orderBy(agreementVersions.reviewOn),
  );
  const live = due.filter((row) => standingOf(row, now) === "in_force");
  if (live.length === 0) return 0;
  const ids = [...new Set(live.flatMap(({ issuer, receiver }) => [issuer, receiver]))];
  const [cards, people] = await Promise.all([applicationCards(ids), remindedIn(ids)]);
  let reminded = 0;
  for (const row of live) {
    for (const side of SIDES) {
      const own = cards.get(row[side]);
      const other = cards.get(side === "issuer" ? row.receiver : row.issuer);
      if (own && other && (await remind({ ...row, side, own, other }, people.get(own.id) ?? [], now))) reminded++;
    }
  }
  return reminded;
}

interface Due {
  issuer: string;
  receiver: string;
  version: number;
  reviewOn: string;
  side: (typeof SIDES)[number];
  own: { id: string; organisationId: string; organisationName: string };
  other: { id: string; organisationName: string };
}

type Person = { email: string; locale: "en" | "pt-BR" | "es" };

/** The row and the mails commit together: whoever dies in between reminds again, and nobody is reminded twice. */
async function remind(due: Due, people: Person[], now: Date): Promise<boolean> {
  const days = daysUntil(due.reviewOn, now);
  const daysBefore = reminderDue(days);
  if (daysBefore === null) return false;
  return inTenant({ applicationId: due.own.id }, async (tx) => {
    const fresh = await tx
      .insert(agreementReminders)
      .values({
        issuerApplicationId: due.issuer,
        receiverApplicationId: due.receiver,
        version: due.version,
        side: due.side,
        daysBefore,
        sentAt: now,
      })
      .onConflictDoNothing()
      .returning({ version: agreementReminders.version });
    if (fresh.length === 0) return false;
    await Promise.all(
      people.map(({ email, locale }) =>
        queueMail(tx, {
          recipient: email,
          organisationId: due.own.organisationId,
          locale,
          content: {
            kind: "agreement_review",
            partner: due.other.organisationName,
            reviewOn: due.reviewOn,
            days,
            url: `${env().publicUrl}/partners/${due.other.id}`,
          },
        }),
      ),
    );
    return true;
  });
}

async function remindedIn(applicationIds: string[]): Promise<Map<string, Person[]>> {
  const rows = await directory()
    .select({ applicationId: applications.id, email: members.email, locale: members.locale })
    .from(applications)
    .innerJoin(memberships, eq(memberships.organisationId, applications.organisationId))
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
    .where(and(inArray(applications.id, applicationIds), inArray(memberships.role, REMINDED_ROLES)));
  const found = new Map<string, Person[]>();
  for (const { applicationId, ...person } of rows)
    found.set(applicationId, [...(found.get(applicationId) ?? []), person]);
  return found;
}

import { and, desc, eq, isNotNull, isNull, or } from "drizzle-orm";
import { directory } from "@/db/client";
import { mails } from "@/db/schema";
import { env } from "@/env";
import { type Actor, authorize } from "../actor";
import { DomainError } from "../errors";
import { openMail } from "./queue";
import type { MailText } from "./texts";

const MOST = 100;

export interface MailboxRow extends MailText {
  id: string;
  kind: (typeof mails.$inferSelect)["kind"];
  recipient: string;
  createdAt: Date;
}

/** In the demo without a mail server: whoever registers must be told where the code is. */
export const mailsStayHere = (): boolean => env().demo && !env().AVAL_SMTP_URL;

/** Only where no mail server takes the mails away, and only where nothing real is at stake: the demo and the sandbox. */
export function hasMailbox(actor: Pick<Actor, "environment">): boolean {
  const { AVAL_SMTP_URL, demo } = env();
  return !AVAL_SMTP_URL && (demo || actor.environment === "sandbox");
}

/**
 * Mails of one's own organisation that nothing has sent, newest first. In the demo also those of registrations, which
 * belong to no organisation yet.
 * @throws forbidden, not_found where there is no mailbox
 */
export async function listMailbox(actor: Actor): Promise<MailboxRow[]> {
  authorize(actor, "write:members");
  if (!hasMailbox(actor)) throw new DomainError("not_found", "Not found.");
  const own = eq(mails.organisationId, actor.organisationId);
  const rows = await directory()
    .select()
    .from(mails)
    .where(
      and(
        env().demo ? or(own, isNull(mails.organisationId)) : own,
        isNull(mails.sentAt),
        isNotNull(mails.sealedContent),
      ),
    )
    .orderBy(desc(mails.id))
    .limit(MOST);
  return rows.map(({ id, kind, recipient, createdAt, rootKeyId, sealedContent }) => ({
    id,
    kind,
    recipient,
    createdAt,
    ...openMail({ id, rootKeyId, sealedContent: sealedContent! }),
  }));
}

/** For whoever runs the installation: every mail that waits, newest last. */
export async function waitingMails(): Promise<MailboxRow[]> {
  const rows = await directory()
    .select()
    .from(mails)
    .where(and(isNull(mails.sentAt), isNull(mails.failedAt), isNotNull(mails.sealedContent)))
    .orderBy(desc(mails.id))
    .limit(MOST);
  return rows.reverse().map(({ id, kind, recipient, createdAt, rootKeyId, sealedContent }) => ({
    id,
    kind,
    recipient,
    createdAt,
    ...openMail({ id, rootKeyId, sealedContent: sealedContent! }),
  }));
}

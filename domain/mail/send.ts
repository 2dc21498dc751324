import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { createTransport, type Transporter } from "nodemailer";
import { directory } from "@/db/client";
import { mails } from "@/db/schema";
import { env } from "@/env";
import { openMail } from "./queue";

type MailRow = typeof mails.$inferSelect;

const BATCH = 20;
const IDLE_MS = 1_000;
const LEASE_SECONDS = 120;
/** A code is worth minutes and an invitation days; what could not be sent in a day is not worth sending. */
const GIVE_UP_AFTER_HOURS = 24;
/** Without a mail server mails stay to be read here, but codes and links are not kept for ever. */
const KEPT_FOR_DAYS = 7;

/** Sends committed mails, in this process or in several. Without AVAL_SMTP_URL there is nothing to run. */
export function startMailer(log: (error: unknown) => void = () => {}): { stop(): Promise<void> } {
  const { AVAL_SMTP_URL } = env();
  if (!AVAL_SMTP_URL) return { stop: async () => {} };
  const transport = createTransport({ url: AVAL_SMTP_URL, pool: true, maxConnections: 2, ...TIMEOUTS });
  let running = true;
  let wake = () => {};
  const idle = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (running) {
      const taken = await sendDueMails(transport).catch((error: unknown) => {
        log(error);
        return 0;
      });
      if (running && taken === 0) await idle();
    }
  })();
  return {
    async stop() {
      running = false;
      wake();
      await loop;
      transport.close();
    },
  };
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Leases and sends one batch, of those that meet a condition if one is given. Returns how many mails it took. */
export async function sendDueMails(transport: Pick<Transporter, "sendMail">, among?: SQL): Promise<number> {
  const leased = await directory().transaction(async (tx) => {
    const due = await tx
      .select()
      .from(mails)
      .where(and(isNull(mails.sentAt), isNull(mails.failedAt), lte(mails.availableAt, sql`now()`), among))
      .orderBy(asc(mails.availableAt), asc(mails.id))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    if (due.length > 0) {
      await tx
        .update(mails)
        .set({
          availableAt: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
          attempts: sql`${mails.attempts} + 1`,
        })
        .where(
          inArray(
            mails.id,
            due.map((mail) => mail.id),
          ),
        );
    }
    return due;
  });
  await Promise.all(leased.map((mail) => sendOne(transport, mail)));
  return leased.length;
}

async function sendOne(transport: Pick<Transporter, "sendMail">, mail: MailRow): Promise<void> {
  const isTooOld = mail.createdAt.getTime() < Date.now() - GIVE_UP_AFTER_HOURS * 3_600_000;
  if (isTooOld || !mail.sealedContent) return settle(mail, { failedAt: new Date(), sealedContent: null });
  try {
    const { subject, text } = openMail({ ...mail, sealedContent: mail.sealedContent });
    await transport.sendMail({
      from: env().mailFrom,
      to: { name: "", address: mail.recipient },
      subject,
      text,
      // A second attempt after a lost answer is the same mail, and says so.
      messageId: `<${mail.id}@${new URL(env().publicUrl).hostname}>`,
      headers: { "Auto-Submitted": "auto-generated" },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    await settle(mail, { sentAt: new Date(), sealedContent: null, lastError: null });
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    // The sentence of a mail server repeats the address: the code says enough.
    const lastError = String(responseCode ?? code ?? (error as Error).name);
    const isPermanent = responseCode !== undefined && responseCode >= 500;
    if (isPermanent) return settle(mail, { failedAt: new Date(), sealedContent: null, lastError });
    const seconds = Math.min(3600, 15 * 2 ** Math.min(mail.attempts, 8));
    await settle(mail, { availableAt: sql`now() + make_interval(secs => ${seconds})`, lastError });
  }
}

async function settle(mail: MailRow, set: Parameters<ReturnType<typeof updateOf>["set"]>[0]): Promise<void> {
  await updateOf().set(set).where(eq(mails.id, mail.id));
}

const updateOf = () => directory().update(mails);

/** Forgets the content of mails that nobody will send any more, and old mails altogether. */
export async function sweepMails(): Promise<void> {
  const old = lt(mails.createdAt, sql`now() - make_interval(days => ${KEPT_FOR_DAYS})`);
  await directory()
    .update(mails)
    .set({ sealedContent: null, failedAt: sql`coalesce(${mails.failedAt}, now())` })
    .where(and(old, isNotNull(mails.sealedContent)));
  await directory().delete(mails).where(lt(mails.createdAt, sql`now() - interval '90 days'`));
}

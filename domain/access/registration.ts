import { createHmac, randomInt, timingSafeEqual } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, inTenant, type Tx, violates } from "@/db/client";
import { members, memberships, organisations, registrations } from "@/db/schema";
import { env } from "@/env";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { queueMail } from "../mail/queue";
import { readKeys } from "../vault/keys";
import { openTokenSession, type Tokens } from "./access-tokens";
import { hashPassword, inTurn } from "./password";
import { type Application, applicationNameOf, insertApplication } from "./provision";
import { type Locale, passwordProblem, privilegesOf } from "./rules";
import type { Member } from "./sign-in";
import { CODES, countAgainst, MAILS_TO_ONE, REGISTRATIONS, startWindow } from "./throttle";

/** Contract section 12, row 23. */
const CODE_MINUTES = 15;
const MOST_GUESSES = 5;
/** Without the letters and digits that are read for one another. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 6;

export const registrationIsOpen = () => env().AVAL_REGISTRATION === "open";

/** Where a request came from. */
export interface Origin {
  ip?: string;
  userAgent?: string;
  requestId?: string;
  locale?: Locale;
}

// What is missing or no text at all has sentences of its own.
const Email = z
  .email({ error: ({ code }) => (code === "invalid_format" ? "Enter a valid email address." : undefined) })
  .max(254);

export const RegisterInput = z.object({ email: Email, password: z.string().min(1).max(1024) });
export type RegisterInput = z.input<typeof RegisterInput>;

/**
 * Asks for an account: a code goes to the address, and nothing exists before it comes back. An address that has an
 * account already gets a mail that says so, and the same answer. Asking again sends a fresh code.
 * @throws forbidden (registration is closed), invalid_input, rate_limited
 */
export async function register(given: RegisterInput, from: Origin): Promise<{ email: string }> {
  const { email, password } = RegisterInput.parse(given);
  if (!registrationIsOpen())
    throw new DomainError("forbidden", "Registration is closed on this server. Ask to be invited.");
  const problem = passwordProblem(password);
  if (problem) throw invalidField("password", problem);
  const address = normalised(email);
  await countAgainst(REGISTRATIONS, from.ip ?? "");
  await countAgainst(MAILS_TO_ONE, address);
  const passwordHash = await inTurn(() => hashPassword(password));
  await startWindow(CODES, address);
  const code = newCode();
  await directory().transaction(async (tx) => {
    if (await memberWith(tx, address)) return mailAccountExists(tx, address, from);
    const fresh = { passwordHash, ...codeColumns(address, code) };
    await tx
      .insert(registrations)
      .values({ email: address, ...fresh })
      .onConflictDoUpdate({ target: registrations.email, set: { ...fresh, createdAt: sql`now()` } });
    await mailCode(tx, address, code, from);
  });
  return { email };
}

export const ResendInput = z.object({ email: Email });

/**
 * Sends a fresh code for a registration that waits for one. The answer is the same whether there is one or not.
 * @throws invalid_input, rate_limited
 */
export async function resendCode(given: z.input<typeof ResendInput>, from: Origin): Promise<void> {
  const address = normalised(ResendInput.parse(given).email);
  await countAgainst(CODES, address);
  await countAgainst(REGISTRATIONS, from.ip ?? "");
  await countAgainst(MAILS_TO_ONE, address);
  const code = newCode();
  await directory().transaction(async (tx) => {
    const waiting = await tx
      .update(registrations)
      .set(codeColumns(address, code))
      .where(eq(registrations.email, address))
      .returning({ email: registrations.email });
    if (waiting.length > 0) await mailCode(tx, address, code, from);
  });
}

export const VerifyInput = z.object({ email: Email, code: z.string().trim().min(1).max(40) });
export type VerifyInput = z.input<typeof VerifyInput>;

export interface VerifiedAccount {
  member: Member;
  organisation: { id: string; name: string };
  application: Application;
  /** The primary key. */
  key: string;
}

/**
 * Exchanges the code for an account: a member, who owns a new organisation with one sandbox application.
 * @throws invalid_input, verification_code_invalid (wrong, used, too old, guessed too often, unknown: one answer)
 */
export async function verifyEmail(given: VerifyInput, from: Origin): Promise<VerifiedAccount> {
  const input = VerifyInput.parse(given);
  const address = normalised(input.email);
  const applicationId = uuid();
  try {
    // A wrong guess must be counted, so it commits and is refused afterwards.
    const made = await inTenant({ applicationId }, async (tx) => {
      const [waiting] = await tx.select().from(registrations).where(eq(registrations.email, address)).for("update");
      if (!waiting || waiting.codeExpiresAt <= new Date() || waiting.wrongGuesses >= MOST_GUESSES) return null;
      if (!timingSafeEqual(waiting.codeDigest, codeDigest(address, input.code))) {
        await tx
          .update(registrations)
          .set({ wrongGuesses: waiting.wrongGuesses + 1 })
          .where(eq(registrations.email, address));
        return null;
      }
      await tx.delete(registrations).where(eq(registrations.email, address));
      return layOut(tx, applicationId, waiting, from);
    });
    if (made) return made;
  } catch (error) {
    // The address got an account by invitation in the meantime.
    if (!violates(error, "members_email_once")) throw error;
  }
  throw new DomainError("verification_code_invalid", "The verification code is invalid or has expired.");
}

/** As `verifyEmail`, and signs in over the API (contract section 6). */
export async function verifyEmailForTokens(
  given: VerifyInput,
  from: Origin,
): Promise<VerifiedAccount & { tokens: Tokens }> {
  const account = await verifyEmail(given, from);
  return { ...account, tokens: await openTokenSession(account.member, from) };
}

async function layOut(
  tx: Tx,
  applicationId: string,
  waiting: typeof registrations.$inferSelect,
  from: Origin,
): Promise<VerifiedAccount> {
  const local = waiting.email.split("@")[0]!.slice(0, 50);
  const organisation = { id: uuid(), name: `${local}'s organisation` };
  const [member] = await tx
    .insert(members)
    .values({
      id: uuid(),
      email: waiting.email,
      name: local,
      passwordHash: waiting.passwordHash,
      locale: from.locale ?? "en",
    })
    .returning();
  await tx.insert(organisations).values({ ...organisation, contactEmail: waiting.email });
  await tx.insert(memberships).values({ organisationId: organisation.id, memberId: member!.id, role: "owner" });
  const { application, key } = await insertApplication(tx, {
    id: applicationId,
    organisationId: organisation.id,
    name: applicationNameOf(organisation.name),
    createdBy: waiting.email,
  });
  const actor = {
    kind: "member" as const,
    id: member!.id,
    label: waiting.email,
    applicationId,
    organisationId: organisation.id,
    environment: application.environment,
    kybStatusFormat: application.kybStatusFormat,
    privileges: new Set(privilegesOf("owner")),
    ip: from.ip,
    requestId: from.requestId,
  };
  await recordAudit(
    tx,
    actor,
    {
      action: "application.create",
      subjectKind: "application",
      subjectId: applicationId,
      detail: { environment: "sandbox" },
    },
    { action: "member.join", subjectKind: "member", subjectId: member!.id, detail: { role: "owner" } },
  );
  return { member: member!, organisation, application, key };
}

export const normalised = (email: string) => email.trim().toLowerCase();

export async function memberWith(tx: Pick<Tx, "select">, address: string): Promise<Member | undefined> {
  const [found] = await tx
    .select()
    .from(members)
    .where(eq(sql`lower(${members.email})`, address));
  return found;
}

const newCode = () => Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

// Thirty bits: under a secret, so that the table alone does not give the code away.
function codeDigest(address: string, code: string): Buffer {
  return createHmac("sha256", readKeys(env().keysFile).sessionSecret)
    .update(`registration-code|${address}|${code.toUpperCase()}`)
    .digest();
}

const codeColumns = (address: string, code: string) => ({
  codeDigest: codeDigest(address, code),
  codeExpiresAt: new Date(Date.now() + CODE_MINUTES * 60_000),
  wrongGuesses: 0,
});

const mailCode = (tx: Tx, recipient: string, code: string, from: Origin) =>
  queueMail(tx, {
    recipient,
    organisationId: null,
    locale: from.locale ?? "en",
    content: { kind: "registration_code", code, minutes: CODE_MINUTES },
  });

const mailAccountExists = (tx: Tx, recipient: string, from: Origin) =>
  queueMail(tx, {
    recipient,
    organisationId: null,
    locale: from.locale ?? "en",
    content: { kind: "account_exists", signInUrl: `${env().publicUrl}/sign-in` },
  });

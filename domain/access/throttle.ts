import { createHash } from "node:crypto";
import { eq, lt, sql } from "drizzle-orm";
import { directory } from "@/db/client";
import { throttles } from "@/db/schema";
import { env } from "@/env";
import { DomainError } from "../errors";

export interface Throttle {
  name: string;
  most: number;
  seconds: number;
}

/** Contract section 0.7: five registrations and code mails per address and hour, a minute between two codes. */
export const REGISTRATIONS: Throttle = { name: "register", most: 5, seconds: 3600 };
export const CODES: Throttle = { name: "code", most: 1, seconds: 60 };
/** Per organisation: its name must not become a way to mail strangers. */
export const INVITATIONS: Throttle = { name: "invite", most: 50, seconds: 3600 };
/** However many addresses ask, one person's mailbox is not flooded. */
export const MAILS_TO_ONE: Throttle = { name: "mails", most: 10, seconds: 3600 };

/**
 * Counts one more of a subject in a sliding window that every process shares. The row lock makes callers take turns, so
 * a burst gets exactly `most` through.
 * @throws rate_limited with the seconds to wait
 */
export async function countAgainst(throttle: Throttle, subject: string): Promise<void> {
  if (!env().rateLimits) return;
  const own = eq(throttles.digest, digestOfSubject(throttle.name, subject));
  const wait = await directory().transaction(async (tx) => {
    await tx
      .insert(throttles)
      .values({ digest: digestOfSubject(throttle.name, subject), moments: [], expiresAt: new Date() })
      .onConflictDoNothing();
    const [row] = await tx.select().from(throttles).where(own).for("update");
    const now = Date.now();
    const length = throttle.seconds * 1000;
    const moments = (row?.moments ?? []).filter((moment) => moment.getTime() > now - length);
    if (moments.length >= throttle.most) return Math.max(1, Math.ceil((moments[0]!.getTime() + length - now) / 1000));
    await tx
      .update(throttles)
      .set({ moments: [...moments, new Date(now)], expiresAt: new Date(now + length) })
      .where(own);
    return 0;
  });
  if (wait === 0) return;
  throw new DomainError("rate_limited", `Request was throttled. Expected available in ${wait} seconds.`, {
    retryAfterInSeconds: wait,
  });
}

/** Counts without refusing: what starts a window for somebody else's check. */
export async function startWindow(throttle: Throttle, subject: string): Promise<void> {
  await directory()
    .insert(throttles)
    .values({
      digest: digestOfSubject(throttle.name, subject),
      moments: [new Date()],
      expiresAt: new Date(Date.now() + throttle.seconds * 1000),
    })
    .onConflictDoUpdate({
      target: throttles.digest,
      set: { moments: sql`excluded.moments`, expiresAt: sql`excluded.expires_at` },
    });
}

export const digestOfSubject = (throttle: string, subject: string) =>
  createHash("sha256").update(`${throttle}|${subject}`).digest();

export async function sweepThrottles(): Promise<void> {
  await directory().delete(throttles).where(lt(throttles.expiresAt, sql`now()`));
}

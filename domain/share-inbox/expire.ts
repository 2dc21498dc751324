import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { asWorker, inTenant } from "@/db/client";
import { shareInbox } from "@/db/schema";

const AT_ONCE = 500;

/** Forgets tokens whose time is over, in every application. */
export async function expireInboxes(): Promise<void> {
  const overdue = await asWorker((tx) =>
    tx
      .selectDistinct({ applicationId: shareInbox.applicationId })
      .from(shareInbox)
      .where(and(eq(shareInbox.state, "waiting"), lte(shareInbox.expiresAt, sql`now()`)))
      .limit(AT_ONCE),
  );
  for (const fence of overdue) await expireInbox(fence.applicationId);
}

/** Forgets those of one application. */
export function expireInbox(applicationId: string): Promise<unknown> {
  return inTenant({ applicationId }, (tx) =>
    tx
      .update(shareInbox)
      .set({ state: "expired", sealedToken: null, settledAt: sql`now()` })
      .where(
        inArray(
          shareInbox.shareTokenId,
          tx
            .select({ id: shareInbox.shareTokenId })
            .from(shareInbox)
            .where(
              and(
                eq(shareInbox.applicationId, applicationId),
                eq(shareInbox.state, "waiting"),
                lte(shareInbox.expiresAt, sql`now()`),
              ),
            )
            .limit(AT_ONCE),
        ),
      ),
  );
}

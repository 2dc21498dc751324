"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { switchApplication } from "@/domain/access/console";
import { DomainError } from "@/domain/errors";
import { BLOCKABLE, blockFromSession } from "@/domain/lists/manage";
import { ReviewHits, reviewHits } from "@/domain/sessions/correct";
import { originalIsFollowable } from "@/domain/sessions/original";
import { SettleInput, settleProposal } from "@/domain/sessions/proposals";
import { NoteInput, noteSession, ReviewInput, reviewSession } from "@/domain/sessions/review";
import { type ActionFailure, action, refusal } from "@/lib/action";
import { requireSession } from "@/lib/auth";

export const reviewSessionAction = action(
  ReviewInput,
  (actor, input) => reviewSession(actor, { ...input, undoable: true }),
  ["/sessions"],
);
export const settleProposalAction = action(SettleInput, settleProposal, ["/sessions"]);
export const reviewHitsAction = action(ReviewHits, reviewHits, ["/sessions"]);
export const noteSessionAction = action(NoteInput, noteSession);

const Block = z.object({
  sessionId: z.uuid(),
  item: z.enum(BLOCKABLE),
  block: z.boolean(),
  comment: z.string().trim().max(1_000).nullish(),
});

export const blockAction = action(Block, (actor, { item, ...input }) =>
  blockFromSession(actor, { ...input, items: [item] }),
);

const Original = z.object({ applicationId: z.uuid(), sessionId: z.uuid() });

/** Goes to the original of a clone, which lives in another application: that one becomes the current one. */
export async function openOriginalAction(given: z.input<typeof Original>): Promise<ActionFailure> {
  const session = await requireSession();
  const original = Original.safeParse(given);
  try {
    if (!original.success || !(await originalIsFollowable(session.member.id, original.data)))
      throw new DomainError("not_found", "Not found.");
    await switchApplication({ sid: session.sid, memberId: session.member.id }, original.data.applicationId);
  } catch (error) {
    return refusal(error);
  }
  // The frame around the page names the current application, and the browser would keep the old one.
  revalidatePath("/", "layout");
  redirect(`/sessions/${original.data.sessionId}`);
}

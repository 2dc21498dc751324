"use server";

import { TakeNextInput, takeNextCase } from "@/domain/cases/assign";
import { UndoInput, undoReview } from "@/domain/sessions/undo";
import { action } from "@/lib/action";

export const undoReviewAction = action(UndoInput, undoReview, ["/sessions"]);

export const takeNextAction = action(TakeNextInput, async (actor, input) => {
  const taken = await takeNextCase(actor, input);
  return taken && { sessionId: taken.sessionId, number: taken.sessionNumber };
});

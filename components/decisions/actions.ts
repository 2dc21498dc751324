"use server";

import { UndoInput, undoReview } from "@/domain/sessions/undo";
import { action } from "@/lib/action";

export const undoReviewAction = action(UndoInput, undoReview, ["/sessions"]);

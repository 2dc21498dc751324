"use server";

import { revalidatePath } from "next/cache";
import { RequireAgreementInput, setRequireAgreement } from "@/domain/access/require-agreement";
import { ReviewDueInput, setReviewDue } from "@/domain/access/review-due";
import { ApplicationSettings, updateApplication } from "@/domain/access/settings";
import { setDecisionReasons } from "@/domain/decision-reasons/reasons";
import { ReasonsInput } from "@/domain/decision-reasons/rules";
import { action } from "@/lib/action";

export const updateApplicationAction = action(ApplicationSettings, async (actor, input) => {
  await updateApplication(actor, input);
  // The frame shows name and environment on every page.
  revalidatePath("/", "layout");
});

export const setRequireAgreementAction = action(RequireAgreementInput, setRequireAgreement, ["/settings"]);
export const setReviewDueAction = action(ReviewDueInput, setReviewDue, ["/settings"]);

export const setDecisionReasonsAction = action(
  ReasonsInput,
  async (actor, input) => {
    await setDecisionReasons(actor, input);
  },
  ["/settings"],
);

"use server";

import { z } from "zod";
import { answerStepRequest, askForSteps } from "@/domain/step-requests/answer";
import { AnswerInput } from "@/domain/step-requests/rules";
import { action } from "@/lib/action";

export const answerRequestAction = action(
  AnswerInput,
  async (actor, input) => {
    const { id, state } = await answerStepRequest(actor, input);
    return { id, state };
  },
  ["/requests"],
);

export const askForStepsAction = action(z.object({ requestId: z.uuid() }), askForSteps, ["/requests", "/sessions"]);

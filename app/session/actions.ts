"use server";

import { z } from "zod";
import { completeStep, FinishInput, finishWalk, StepInput, startWalk } from "@/domain/walks/walk";
import { applicantAction } from "@/lib/applicant";

export const startAction = applicantAction(z.object({}), (applicant) => startWalk(applicant, applicant.sessionId));

const file = z.instanceof(File).optional();

export const stepAction = applicantAction(
  StepInput.extend({ front: file, back: file }),
  async (applicant, { front, back, ...input }) =>
    completeStep(applicant, { ...input, uploads: { front: await bytesOf(front), back: await bytesOf(back) } }),
);

export const finishAction = applicantAction(FinishInput, (applicant, input) =>
  finishWalk(applicant, { ...input, sessionId: applicant.sessionId }),
);

const bytesOf = async (given: File | undefined) =>
  given && given.size > 0 ? new Uint8Array(await given.arrayBuffer()) : undefined;

"use server";

import { z } from "zod";
import {
  archiveQuestionnaire,
  createQuestionnaire,
  type Questionnaire,
  updateQuestionnaire,
} from "@/domain/questionnaires/manage";
import { QuestionnaireInput } from "@/domain/questionnaires/rules";
import { action } from "@/lib/action";

const PATH = ["/settings/questionnaires"];
const saved = ({ id, version }: Questionnaire) => ({ id, version });

export const createQuestionnaireAction = action(
  QuestionnaireInput,
  async (actor, input) => saved(await createQuestionnaire(actor, input)),
  PATH,
);

export const updateQuestionnaireAction = action(
  QuestionnaireInput.extend({ id: z.uuid(), seenAt: z.coerce.date() }),
  async (actor, { id, seenAt, ...input }) => saved(await updateQuestionnaire(actor, id, input, seenAt)),
  PATH,
);

export const deleteQuestionnaireAction = action(
  z.object({ id: z.uuid() }),
  (actor, { id }) => archiveQuestionnaire(actor, id),
  PATH,
);

import { z } from "zod";
import { archiveQuestionnaire, readQuestionnaire, updateQuestionnaire } from "@/domain/questionnaires/manage";
import { QuestionnaireDetail, toQuestionnaireDetail, UpdateQuestionnaireBody } from "@/domain/questionnaires/wire";
import { route } from "@/lib/route";

const Params = z.object({ questionnaireId: z.uuid() });

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/questionnaires/{questionnaireId}/",
  summary: "Retrieve a questionnaire",
  privilege: "read:questionnaires",
  params: Params,
  responds: { status: 200, description: "The questionnaire.", schema: QuestionnaireDetail },
  run: (actor, { params }) => readQuestionnaire(actor, params.questionnaireId),
  answer: toQuestionnaireDetail,
});

export const PATCH = route({
  method: "PATCH",
  path: "/v3/questionnaires/{questionnaireId}/",
  summary: "Update a questionnaire",
  description: "What was answered keeps what was asked. A draft is published unless `status` says `draft`.",
  privilege: "write:questionnaires",
  params: Params,
  body: UpdateQuestionnaireBody,
  responds: { status: 200, description: "Updated.", schema: QuestionnaireDetail },
  run: (actor, { params, body }) => updateQuestionnaire(actor, params.questionnaireId, body),
  answer: toQuestionnaireDetail,
});

export const DELETE = route({
  method: "DELETE",
  path: "/v3/questionnaires/{questionnaireId}/",
  summary: "Archive a questionnaire",
  description: "One that a workflow still asks stays.",
  privilege: "write:questionnaires",
  params: Params,
  responds: { status: 204, description: "Archived." },
  errors: ["conflict"],
  run: (actor, { params }) => archiveQuestionnaire(actor, params.questionnaireId),
});

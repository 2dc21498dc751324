import { createQuestionnaire, listQuestionnaires, type Questionnaire } from "@/domain/questionnaires/manage";
import {
  CreateQuestionnaireBody,
  QuestionnaireDetail,
  QuestionnaireRow,
  toQuestionnaire,
  toQuestionnaireDetail,
} from "@/domain/questionnaires/wire";
import { OffsetQuery, offsetOf, PageOf, pageOf } from "@/lib/offset-page";
import { route } from "@/lib/route";

/** Contract section 7. */
export const GET = route({
  method: "GET",
  path: "/v3/questionnaires/",
  summary: "List questionnaires",
  privilege: "read:questionnaires",
  query: OffsetQuery,
  responds: { status: 200, description: "One page.", schema: PageOf(QuestionnaireRow) },
  run: async (actor, { query, request }) => {
    const page = offsetOf(query);
    const { count, rows } = await listQuestionnaires(actor, page);
    return pageOf(request, page, count, rows);
  },
  answer: (page: { results: Questionnaire[] }) => ({ ...page, results: page.results.map(toQuestionnaire) }),
});

export const POST = route({
  method: "POST",
  path: "/v3/questionnaires/",
  summary: "Create a questionnaire",
  description: "From `form_elements` in the order in which they are asked, or from a `graph` without branches.",
  privilege: "write:questionnaires",
  body: CreateQuestionnaireBody,
  responds: { status: 201, description: "Created.", schema: QuestionnaireDetail },
  run: (actor, { body }) => createQuestionnaire(actor, body),
  answer: toQuestionnaireDetail,
});

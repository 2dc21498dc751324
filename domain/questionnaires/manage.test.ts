import { describe, expect, it } from "vitest";
import { codeOf, newApplication, newPair, refusalOf } from "../testing";
import { archiveWorkflow, createWorkflow, draftWorkflow } from "../workflows/manage";
import { readWorkflow } from "../workflows/read";
import {
  archiveQuestionnaire,
  createQuestionnaire,
  listQuestionnaires,
  readAsking,
  readQuestionnaire,
  updateQuestionnaire,
} from "./manage";
import type { Element, QuestionnaireInput } from "./rules";
import { CreateQuestionnaireBody, toQuestionnaireDetail } from "./wire";

const element = (id: string, more: Partial<Element> = {}) => ({
  id,
  elementType: "SHORT_TEXT" as const,
  title: { en: `Question ${id}` },
  ...more,
});
const form = (more: Partial<QuestionnaireInput> = {}): QuestionnaireInput => ({
  title: "Source of funds",
  defaultLanguage: "en",
  languages: ["en"],
  elements: [element("a")],
  ...more,
});

describe("a questionnaire", () => {
  it("is created, changed and put away, each change a version", async () => {
    const { actor } = await newApplication();
    const made = await createQuestionnaire(actor, form());
    expect(made).toMatchObject({ version: 1, status: "published" });
    const after = await updateQuestionnaire(actor, made.id, { title: "Funds" });
    expect([after.title, after.version, after.elements]).toEqual(["Funds", 2, made.elements]);
    expect((await listQuestionnaires(actor, { limit: 5, offset: 0 })).count).toBe(1);
    await archiveQuestionnaire(actor, made.id);
    expect(await codeOf(readQuestionnaire(actor, made.id))).toBe("not_found");
  });

  it("that is a draft cannot be asked until it is published", async () => {
    const { actor } = await newApplication();
    const draft = await createQuestionnaire(actor, form({ status: "draft" }));
    const steps = [{ feature: "QUESTIONNAIRE" as const, config: { questionnaire_uuid: draft.id } }];
    expect((await refusalOf(createWorkflow(actor, { steps }))).fields).toHaveProperty("features");
    await updateQuestionnaire(actor, draft.id, {});
    expect((await refusalOf(updateQuestionnaire(actor, draft.id, { status: "draft" }))).fields).toHaveProperty(
      "status",
    );
    const { workflow } = await createWorkflow(actor, { steps });
    expect(await codeOf(archiveQuestionnaire(actor, draft.id))).toBe("conflict");
    await archiveWorkflow(actor, { id: workflow.id });
    await archiveQuestionnaire(actor, draft.id);
  });

  it.each<[Partial<QuestionnaireInput>, string]>([
    [{ defaultLanguage: "es" }, "default_language"],
    [{ elements: [element("a"), element("a")] }, "form_elements"],
    [{ elements: [element("a", { title: { es: "Pregunta" } })] }, "form_elements"],
    [{ elements: [element("a", { elementType: "DROPDOWN" })] }, "form_elements"],
    [{ elements: [element("a", { elementType: "HEADING" })] }, "form_elements"],
  ])("%j is refused under %s", async (more, field) => {
    const { actor } = await newApplication();
    expect((await refusalOf(createQuestionnaire(actor, form(more)))).fields).toHaveProperty(field);
  });

  it("is not changed over the head of somebody who changed it meanwhile", async () => {
    const { actor } = await newApplication();
    const made = await createQuestionnaire(actor, form());
    await updateQuestionnaire(actor, made.id, { title: "First" }, made.updatedAt);
    const late = await refusalOf(updateQuestionnaire(actor, made.id, { title: "Late" }, made.updatedAt));
    expect(late).toMatchObject({ code: "stale_version", extras: { more: { version: 2 } } });
    expect((await readQuestionnaire(actor, made.id)).title).toBe("First");
  });

  it("says which workflows ask it, and stays while even a draft does", async () => {
    const { actor, workflows } = await newApplication();
    const [asked, unasked] = [await createQuestionnaire(actor, form()), await createQuestionnaire(actor, form())];
    const steps = [{ feature: "QUESTIONNAIRE" as const, config: { questionnaire_uuid: asked.id.toUpperCase() } }];
    const { workflow } = await createWorkflow(actor, { label: "Asks", steps });
    const current = await readWorkflow(actor, workflows.user);
    await draftWorkflow(actor, { id: workflows.user, steps: [...(current.version.steps as never[]), ...steps] });
    expect([...(await readAsking(actor, [asked.id, unasked.id]))]).toEqual([
      [
        asked.id,
        [
          { id: workflow.id, label: "Asks", isDraft: false },
          { id: workflows.user, label: "KYC", isDraft: true },
        ],
      ],
    ]);
    await archiveWorkflow(actor, { id: workflow.id });
    expect(await codeOf(archiveQuestionnaire(actor, asked.id))).toBe("conflict");
    await archiveQuestionnaire(actor, unasked.id);
    const stranger = await newApplication();
    expect([...(await readAsking(stranger.actor, [asked.id]))]).toEqual([]);
  });

  it("is nobody else's", async () => {
    const { issuer, receiver } = await newPair();
    const made = await createQuestionnaire(issuer.actor, form());
    for (const act of [
      () => readQuestionnaire(receiver.actor, made.id),
      () => updateQuestionnaire(receiver.actor, made.id, { title: "Mine" }),
      () => archiveQuestionnaire(receiver.actor, made.id),
    ])
      expect(await codeOf(act())).toBe("not_found");
  });
});

describe("the shapes it comes in", () => {
  it.each<[string, Record<string, unknown>]>([
    [
      "form_elements",
      { form_elements: [{ element_type: "SHORT_TEXT", title: { en: "Occupation?" }, is_required: true }] },
    ],
    [
      "the older names",
      { form_elements: [{ element_type: "short_text", label: { en: "Occupation?" }, is_required: true }] },
    ],
    ["questions", { questions: [{ type: "SHORT_TEXT", text: "Occupation?", is_required: true }] }],
    [
      "a graph",
      {
        graph: {
          start_node: "q1",
          nodes: { q1: { type: "SHORT_TEXT", label: { en: "Occupation?" }, is_required: true } },
        },
      },
    ],
  ])("%s say the same", (_, body) => {
    expect(CreateQuestionnaireBody.parse({ title: "T", ...body }).elements).toEqual([
      expect.objectContaining({ id: "q1", elementType: "SHORT_TEXT", title: { en: "Occupation?" }, isRequired: true }),
    ]);
  });

  it("what goes out can come in again", async () => {
    const { actor } = await newApplication();
    const choices = [{ value: "salary", label: { en: "Salary" }, requiresTextInput: false }];
    const made = await createQuestionnaire(
      actor,
      form({ elements: [element("a"), element("b", { elementType: "DROPDOWN", choices })] }),
    );
    const { form_elements, graph, title, languages } = toQuestionnaireDetail(made);
    for (const body of [{ form_elements }, { graph }])
      expect(CreateQuestionnaireBody.parse({ title, languages, ...body }).elements).toEqual(made.elements);
  });

  it.each([
    [{ graph: { start_node: "x", nodes: {} } }],
    [{ graph: { start_node: "a", nodes: { a: { type: "SHORT_TEXT", label: "A", next: "a" } } } }],
    [{ form_elements: [{ element_type: "HOLOGRAM", title: "A" }] }],
    [{ form_elements: [] }],
    [{}],
  ])("%j is refused", (body) => {
    expect(CreateQuestionnaireBody.safeParse({ title: "T", ...body }).success).toBe(false);
  });
});

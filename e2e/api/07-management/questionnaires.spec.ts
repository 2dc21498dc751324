import { randomBytes, randomUUID } from "node:crypto";
import { scopedKey } from "../../accounts";
import { Caller, expect, test } from "../../fixtures";

const title = () => `Form ${randomBytes(5).toString("hex")}`;
const element = (more: object = {}) => ({ element_type: "SHORT_TEXT", title: { en: "Why?" }, ...more });

async function created(caller: Caller, body: Record<string, unknown> = {}) {
  const { status, json } = await caller.post("/v3/questionnaires/", {
    title: title(),
    form_elements: [element()],
    ...body,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

const ROW = [
  "uuid",
  "questionnaire_id",
  "title",
  "description",
  "default_language",
  "languages",
  "version",
  "status",
  "is_active",
  "is_simple_questionnaire",
  "question_count",
  "published_at",
  "created_at",
  "updated_at",
];

test("§7 a questionnaire is created, read, listed, changed as a new version and deleted", async ({ stranger }) => {
  const made = await created(stranger, {
    description: "Where it comes from",
    default_language: "en",
    languages: ["en", "es"],
    form_elements: [
      element({ element_type: "HEADING", title: { en: "Money" } }),
      element({ title: { en: "Why?", es: "¿Por qué?" }, is_required: true }),
      element({
        element_type: "SINGLE_CHOICE",
        title: { en: "Which?" },
        choices: ["Salary", { value: "other", label: { en: "Other" }, requires_text_input: true }],
      }),
      element({ element_type: "FILE_UPLOAD", title: { en: "Proof" }, max_files: 2 }),
    ],
  });
  expect(Object.keys(made).sort()).toEqual([...ROW, "form_elements", "graph"].sort());
  expect(made).toMatchObject({
    version: 1,
    status: "published",
    is_active: true,
    question_count: 3,
    languages: ["en", "es"],
    default_language: "en",
  });
  expect(made.published_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  expect(made.form_elements[2].choices).toEqual([
    { value: "Salary", label: { en: "Salary", es: "Salary" }, requires_text_input: false },
    { value: "other", label: { en: "Other" }, requires_text_input: true },
  ]);
  expect(made.graph.start_node).toBe(made.form_elements[0].id);
  expect((await stranger.get(`/v3/questionnaires/${made.uuid}/`)).json).toEqual(made);
  const listed = (await stranger.get("/v3/questionnaires/?limit=200")).json;
  const row = listed.results.find((one: { uuid: string }) => one.uuid === made.uuid);
  expect(Object.keys(row).sort()).toEqual(ROW.sort());

  const renamed = title();
  const changed = await stranger.patch(`/v3/questionnaires/${made.uuid}/`, { title: renamed });
  expect([changed.status, changed.json]).toMatchObject([
    200,
    { title: renamed, version: 2, form_elements: made.form_elements },
  ]);
  const gone = await stranger.delete(`/v3/questionnaires/${made.uuid}/`);
  expect([gone.status, gone.text]).toEqual([204, ""]);
  const answers = [
    await stranger.get(`/v3/questionnaires/${made.uuid}/`),
    await stranger.patch(`/v3/questionnaires/${made.uuid}/`, { title: "x" }),
    await stranger.delete(`/v3/questionnaires/${made.uuid}/`),
    await stranger.get(`/v3/questionnaires/${randomUUID()}/`),
  ];
  for (const { status, text } of answers) expect([status, text]).toEqual([404, answers[0]!.text]);
});

test("§7 the form comes as form_elements, questions or a graph, and reads the same", async ({ stranger }) => {
  const elements = [
    { id: "why", element_type: "SHORT_TEXT", title: "Why?" },
    { id: "when", element_type: "DATE_PICKER", title: "When?" },
  ];
  const [first, second] = elements as [(typeof elements)[0], (typeof elements)[0]];
  const forms = [
    { form_elements: elements },
    { form_elements: undefined, questions: elements.map(({ title, ...rest }) => ({ ...rest, text: title })) },
    {
      form_elements: undefined,
      graph: {
        start_node: "why",
        nodes: { when: { ...second, type: "DATE" }, why: { ...first, next: "when" } },
      },
    },
  ];
  const stored = [];
  for (const form of forms) stored.push((await created(stranger, form)).form_elements);
  expect(stored[1]).toEqual(stored[0]);
  expect(stored[2]).toEqual(stored[0]);
  const branches = await stranger.post("/v3/questionnaires/", {
    title: title(),
    graph: { start_node: "a", nodes: { a: { ...first, branches: [] } } },
  });
  expect([branches.status, branches.json]).toEqual([
    400,
    { graph: ["Branches are not supported."], code: "invalid_input" },
  ]);
});

test("§7 a draft cannot be asked until it is published, and what is asked cannot be deleted", async ({ stranger }) => {
  const draft = await created(stranger, { status: "draft" });
  expect(draft).toMatchObject({ status: "draft", is_active: false, published_at: null });
  const features = ["OCR", { feature: "QUESTIONNAIRE", config: { questionnaire_uuid: draft.uuid } }];
  const refused = await stranger.post("/v3/workflows/", { workflow_label: title(), features });
  expect([refused.status, Object.keys(refused.json)]).toEqual([400, ["features", "code"]]);
  const kept = await stranger.patch(`/v3/questionnaires/${draft.uuid}/`, { status: "draft", title: "Kept" });
  expect(kept.json).toMatchObject({ status: "draft", title: "Kept", version: 1 });
  expect((await stranger.patch(`/v3/questionnaires/${draft.uuid}/`, {})).json).toMatchObject({
    status: "published",
    version: 1,
  });
  const back = await stranger.patch(`/v3/questionnaires/${draft.uuid}/`, { status: "draft" });
  expect([back.status, Object.keys(back.json)]).toEqual([400, ["status", "code"]]);
  const workflow = await stranger.post("/v3/workflows/", { workflow_label: title(), features });
  expect(workflow.status).toBe(201);
  const inUse = await stranger.delete(`/v3/questionnaires/${draft.uuid}/`);
  expect([inUse.status, inUse.json.code]).toEqual([409, "conflict"]);
  expect((await stranger.delete(`/v3/workflows/${workflow.json.workflow_id}/`)).status).toBe(204);
  expect((await stranger.delete(`/v3/questionnaires/${draft.uuid}/`)).status).toBe(204);
});

test("§0.5 what is wrong with a form is said under its field", async ({ stranger }) => {
  const cases: [Record<string, unknown>, string][] = [
    [{ title: undefined }, "title"],
    [{ title: "x".repeat(256) }, "title"],
    [{ form_elements: undefined }, "form_elements"],
    [{ form_elements: [] }, "form_elements"],
    [{ form_elements: [{ element_type: "RIDDLE", title: "?" }] }, "form_elements"],
    [{ form_elements: [{ title: "?" }] }, "form_elements"],
    [{ form_elements: [element({ title: { es: "¿?" } })] }, "form_elements"],
    [{ form_elements: [element({ element_type: "DROPDOWN" })] }, "form_elements"],
    [{ form_elements: [element({ id: "a" }), element({ id: "a" })] }, "form_elements"],
    [{ form_elements: [element({ element_type: "SEPARATOR" })] }, "form_elements"],
    [{ default_language: "es", languages: ["en"] }, "default_language"],
    [{ status: "live" }, "status"],
  ];
  for (const [body, field] of cases) {
    const { status, json } = await stranger.post("/v3/questionnaires/", {
      title: title(),
      form_elements: [element()],
      ...body,
    });
    expect([status, Object.keys(json)], JSON.stringify(body)).toEqual([400, [field, "code"]]);
  }
});

test("§6.1 reading and writing are privileges of their own", async ({ stranger, request }) => {
  const made = await created(stranger);
  const keyed = async (privileges: ("read:questionnaires" | "read:sessions")[]) => {
    const { key } = await scopedKey(stranger.id, { privileges });
    return new Caller(request, { ...stranger.side, api_key: key });
  };
  const reader = await keyed(["read:questionnaires"]);
  expect((await reader.get(`/v3/questionnaires/${made.uuid}/`)).status).toBe(200);
  for (const answer of [
    await reader.post("/v3/questionnaires/", { title: title(), form_elements: [element()] }),
    await reader.patch(`/v3/questionnaires/${made.uuid}/`, { title: "Mine" }),
    await reader.delete(`/v3/questionnaires/${made.uuid}/`),
    await (await keyed(["read:sessions"])).get("/v3/questionnaires/"),
  ])
    expect([answer.status, answer.json.code]).toEqual([403, "forbidden"]);
});

test("§7 the list turns its pages", async ({ stranger }) => {
  for (let made = 0; made < 3; made++) await created(stranger);
  const first = (await stranger.get("/v3/questionnaires/?limit=2")).json;
  expect(first.results).toHaveLength(2);
  expect(first.count).toBeGreaterThanOrEqual(3);
  const second = (await stranger.get(new URL(first.next).pathname + new URL(first.next).search)).json;
  expect(second.results.length).toBeGreaterThan(0);
  const ids = [...first.results, ...second.results].map((one: { uuid: string }) => one.uuid);
  expect(new Set(ids).size).toBe(ids.length);
});

import { z } from "zod";
import { isoSeconds } from "../sessions/wire";
import type { Questionnaire } from "./manage";
import { ELEMENT_TYPES, type Element, isQuestion, parseElementType, QuestionnaireInput } from "./rules";

/**
 * The contract's JSON of questionnaires (section 7). The elements come as `form_elements`, as `questions`, or as the
 * nodes of a `graph`; a text stands for itself in every language.
 */

const Text = z.union([z.string(), z.record(z.string(), z.string())]).nullish();
const Choice = z.looseObject({
  value: z.union([z.string(), z.number()]).nullish(),
  label: Text,
  requires_text_input: z.boolean().nullish(),
});
const RawElement = z.looseObject({
  id: z.string().max(100).nullish(),
  element_type: z.string().nullish(),
  type: z.string().nullish(),
  title: Text,
  label: Text,
  text: Text,
  description: Text,
  placeholder: Text,
  is_required: z.boolean().nullish(),
  max_files: z.int().nullish(),
  choices: z.array(z.union([z.string(), Choice])).nullish(),
  options: z.array(z.union([z.string(), Choice])).nullish(),
});
type RawElement = z.output<typeof RawElement>;

const Body = z.looseObject({
  title: z.string().trim().min(1).max(255).optional(),
  description: z.string().trim().max(2_000).nullish(),
  default_language: z.string().trim().min(2).max(10).nullish(),
  languages: z.array(z.string().trim().min(2).max(10)).min(1).max(60).nullish(),
  form_elements: z.array(RawElement).max(200).nullish(),
  questions: z.array(RawElement).max(200).nullish(),
  graph: z.looseObject({ start_node: z.string(), nodes: z.record(z.string(), RawElement) }).nullish(),
  status: z.enum(["draft", "published"]).nullish(),
});
type Body = z.output<typeof Body>;

/** A graph of one line, in the order in which it is walked; branches are not served. */
function walk(graph: NonNullable<Body["graph"]>, context: z.RefinementCtx): RawElement[] {
  const found: RawElement[] = [];
  const seen = new Set<string>();
  let at: unknown = graph.start_node;
  while (typeof at === "string") {
    const node: RawElement | undefined = Object.hasOwn(graph.nodes, at) ? graph.nodes[at] : undefined;
    if (!node || seen.has(at)) {
      context.addIssue({
        code: "custom",
        path: ["graph"],
        message: `Node "${at.slice(0, 60)}" is missing or comes twice.`,
      });
      return [];
    }
    if (node.branches) {
      context.addIssue({ code: "custom", path: ["graph"], message: "Branches are not supported." });
      return [];
    }
    seen.add(at);
    found.push({ ...node, id: at });
    at = node.next;
  }
  return found;
}

const words = (given: z.output<typeof Text>, languages: string[]) =>
  typeof given === "string"
    ? given.trim() === ""
      ? null
      : Object.fromEntries(languages.map((language) => [language, given]))
    : (given ?? null);

function toElement(raw: RawElement, index: number, languages: string[], context: z.RefinementCtx): Element {
  const spelled = raw.element_type ?? raw.type;
  const elementType = spelled ? parseElementType(spelled) : null;
  if (!elementType) {
    context.addIssue({
      code: "custom",
      path: ["form_elements", index, "element_type"],
      message: spelled ? `"${spelled.slice(0, 60)}" is not a valid choice.` : "This field is required.",
    });
  }
  return {
    id: raw.id ?? `q${index + 1}`,
    elementType: elementType ?? "SHORT_TEXT",
    title: words(raw.title ?? raw.label ?? raw.text, languages),
    description: words(raw.description, languages),
    placeholder: words(raw.placeholder, languages),
    isRequired: raw.is_required ?? false,
    maxFiles: raw.max_files ?? null,
    choices: (raw.choices ?? raw.options ?? []).map((choice) => {
      const { value, label, requires_text_input } =
        typeof choice === "string" ? { value: choice, label: choice, requires_text_input: false } : choice;
      const named = words(label ?? (value === null || value === undefined ? null : String(value)), languages) ?? {};
      return {
        value: String(value ?? Object.values(named)[0] ?? ""),
        label: named,
        requiresTextInput: requires_text_input ?? false,
      };
    }),
  };
}

function changesOf(body: Body, context: z.RefinementCtx, known?: { languages: string[] }) {
  const languages =
    body.languages ?? (body.default_language ? [body.default_language] : (known?.languages ?? undefined));
  const raw = body.form_elements ?? body.questions ?? (body.graph ? walk(body.graph, context) : undefined);
  const spoken = languages ?? ["en"];
  return {
    title: body.title,
    description: body.description === undefined ? undefined : body.description,
    languages,
    defaultLanguage: body.default_language ?? (body.languages ? body.languages[0] : undefined),
    elements: raw?.map((one, index) => toElement(one, index, spoken, context)),
    status: body.status ?? undefined,
  };
}

/** Names of the form's own fields, as the contract spells them. */
const SPELLED: Record<string, string> = {
  elements: "form_elements",
  elementType: "element_type",
  defaultLanguage: "default_language",
  maxFiles: "max_files",
};

/** What the act would refuse is said here, under the names in which it was given. */
function report(context: z.RefinementCtx, { success, error }: z.ZodSafeParseResult<unknown>): void {
  if (success || context.issues.length > 0) return;
  for (const { path, message } of error.issues)
    context.addIssue({
      code: "custom",
      path: path.map((key) => SPELLED[String(key)] ?? key),
      message: message || "This value is not valid.",
    });
}

export const CreateQuestionnaireBody = Body.transform((body, context): QuestionnaireInput => {
  if (body.title === undefined)
    context.addIssue({ code: "custom", path: ["title"], message: "This field is required." });
  const changes = changesOf(body, context);
  if (!changes.elements)
    context.addIssue({ code: "custom", path: ["form_elements"], message: "This field is required." });
  const given = {
    ...changes,
    title: changes.title ?? "",
    description: changes.description ?? null,
    languages: changes.languages ?? ["en"],
    defaultLanguage: changes.defaultLanguage ?? changes.languages?.[0] ?? "en",
    elements: changes.elements ?? [],
  };
  report(context, QuestionnaireInput.safeParse(given, { error: formMessages }));
  return given;
});

export const UpdateQuestionnaireBody = Body.transform((body, context): Partial<QuestionnaireInput> => {
  const changes = changesOf(body, context);
  report(context, QuestionnaireInput.partial().safeParse(changes, { error: formMessages }));
  return changes;
});

const formMessages: z.core.$ZodErrorMap = ({ code, origin, minimum, maximum }) => {
  if (code === "too_small" && origin === "array") return "This list may not be empty.";
  if (code === "too_small" && origin === "string") return "This field may not be blank.";
  if (code === "too_small") return `Ensure this value is greater than or equal to ${minimum}.`;
  if (code === "too_big" && origin === "string") return `Ensure this field has no more than ${maximum} characters.`;
  if (code === "too_big" && origin === "array") return `Ensure this field has no more than ${maximum} elements.`;
  if (code === "too_big") return `Ensure this value is less than or equal to ${maximum}.`;
  return undefined;
};

const Words = z.record(z.string(), z.string()).nullable();
const WireElement = z.object({
  id: z.string(),
  element_type: z.enum(ELEMENT_TYPES),
  title: Words,
  description: Words,
  placeholder: Words,
  is_required: z.boolean(),
  max_files: z.int().nullable(),
  choices: z.array(
    z.object({ value: z.string(), label: z.record(z.string(), z.string()), requires_text_input: z.boolean() }),
  ),
});
export const QuestionnaireRow = z.object({
  uuid: z.uuid(),
  questionnaire_id: z.uuid(),
  title: z.string(),
  description: z.string().nullable(),
  default_language: z.string(),
  languages: z.array(z.string()),
  version: z.int(),
  status: z.enum(["draft", "published"]),
  is_active: z.boolean(),
  is_simple_questionnaire: z.boolean(),
  question_count: z.int(),
  published_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export const QuestionnaireDetail = QuestionnaireRow.extend({
  form_elements: z.array(WireElement),
  graph: z.object({
    start_node: z.string(),
    nodes: z.record(z.string(), WireElement.extend({ next: z.string().nullable() })),
  }),
});

export const toQuestionnaire = (row: Questionnaire): z.output<typeof QuestionnaireRow> => ({
  uuid: row.id,
  questionnaire_id: row.id,
  title: row.title,
  description: row.description,
  default_language: row.defaultLanguage,
  languages: row.languages,
  version: row.version,
  status: row.status,
  is_active: row.status === "published" && row.archivedAt === null,
  is_simple_questionnaire: true,
  question_count: row.elements.filter(isQuestion).length,
  published_at: row.publishedAt && isoSeconds(row.publishedAt),
  created_at: isoSeconds(row.createdAt),
  updated_at: isoSeconds(row.updatedAt),
});

export function toQuestionnaireDetail(row: Questionnaire): z.output<typeof QuestionnaireDetail> {
  const elements = row.elements.map((element) => ({
    id: element.id,
    element_type: element.elementType as Element["elementType"],
    title: element.title,
    description: element.description,
    placeholder: element.placeholder,
    is_required: element.isRequired,
    max_files: element.maxFiles,
    choices: element.choices.map(({ value, label, requiresTextInput }) => ({
      value,
      label,
      requires_text_input: requiresTextInput,
    })),
  }));
  return {
    ...toQuestionnaire(row),
    form_elements: elements,
    graph: {
      start_node: elements[0]!.id,
      nodes: Object.fromEntries(
        elements.map((element, index) => [element.id, { ...element, next: elements[index + 1]?.id ?? null }]),
      ),
    },
  };
}

import type { questionnaires } from "@/db/schema";
import { LAYOUT } from "../questionnaires/rules";
import type { Block } from "../specimens/decisions/steps";
import { Random, uuidOf } from "../specimens/random";

export type Form = typeof questionnaires.$inferSelect;
type Element = Form["elements"][number];

/** Answers that fit each kind of question; what asks for a file is left open. */
function answerTo(element: Element, random: Random): unknown {
  const { choices } = element;
  switch (element.elementType) {
    case "DROPDOWN":
    case "SINGLE_CHOICE":
      return choices.length > 0 ? random.pick(choices).value : null;
    case "MULTIPLE_CHOICE":
      return random.sample(choices, random.int(1, 2)).map(({ value }) => value);
    case "NUMBER":
      return random.int(1, 60) * 100;
    case "TIME":
      return "09:30";
    case "EMAIL":
      return "specimen@mail.example";
    case "ADDRESS":
      return "1 Specimen Street, Bilbao";
    case "PHONE":
      return "+34600000000";
    case "COUNTRY":
      return "ESP";
    case "DATE_PICKER":
      return "2020-02-01";
    case "CONSENT":
      return true;
    case "LONG_TEXT":
      return "A specimen answer of a few words, written by the sandbox.";
    case "SHORT_TEXT":
      return "Specimen answer";
    default:
      return null;
  }
}

/** A workflow's own form, answered, in the place of the specimen's. */
export function questionnaireBlock(form: Form, seed: string, specimen: Block): Block {
  const random = new Random(`answers/${seed}/${form.id}`);
  const words = (text: Record<string, string> | null) => text?.[form.defaultLanguage] ?? null;
  return {
    node_id: specimen.node_id,
    status: specimen.status,
    questionnaire_id: form.id,
    questionnaire_group_id: form.id,
    version: form.version,
    title: form.title,
    description: form.description,
    languages: form.languages,
    default_language: form.defaultLanguage,
    is_active: form.archivedAt === null,
    is_simple_questionnaire: true,
    published_at: form.publishedAt?.toISOString() ?? null,
    sections: [
      {
        title: null,
        description: null,
        items: form.elements.map((element) => {
          const value = answerTo(element, random);
          return {
            uuid: uuidOf(`question/${form.id}/${element.id}`),
            element_type: element.elementType,
            title: words(element.title),
            description: words(element.description),
            value: element.id,
            placeholder: words(element.placeholder),
            is_required: element.isRequired,
            required_if: null,
            max_files: element.maxFiles,
            repeatable_config: null,
            choices: element.choices.map((choice) => ({
              label: words(choice.label),
              value: choice.value,
              requires_text_input: choice.requiresTextInput,
            })),
            answer:
              LAYOUT.has(element.elementType as never) || value === null ? null : { value, text: null, files: [] },
          };
        }),
      },
    ],
    warnings: specimen.warnings,
  };
}

import {
  type Element,
  type ElementType,
  type FormFault,
  formFault,
  NEEDS_CHOICES,
  type QuestionnaireInput,
} from "@/domain/questionnaires/rules";

type Words = Record<string, string>;

export type EditedChoice = { key: string; value: string; label: Words; requiresTextInput: boolean };

/** A question while it is being edited, with its texts in every language. */
export type EditedQuestion = {
  key: string;
  id: string;
  elementType: ElementType;
  title: Words;
  description: Words;
  placeholder: Words;
  isRequired: boolean;
  /** Empty: as many as one likes. */
  maxFiles: string;
  choices: EditedChoice[];
};

export type EditedForm = {
  title: string;
  description: string;
  defaultLanguage: string;
  languages: string[];
};

let count = 0;
const newKey = (of: string) => `${of}-${++count}`;

export const TAKES_FILES: ReadonlySet<ElementType> = new Set(["IMAGE", "FILE_UPLOAD"]);

export function newQuestion(elementType: ElementType, present: readonly EditedQuestion[]): EditedQuestion {
  const taken = new Set(present.map((one) => one.id));
  let number = present.length + 1;
  while (taken.has(`q${number}`)) number += 1;
  return {
    key: newKey("question"),
    id: `q${number}`,
    elementType,
    title: {},
    description: {},
    placeholder: {},
    isRequired: false,
    maxFiles: "",
    choices: NEEDS_CHOICES.has(elementType) ? [newChoice(), newChoice()] : [],
  };
}

export const newChoice = (): EditedChoice => ({
  key: newKey("choice"),
  value: "",
  label: {},
  requiresTextInput: false,
});

export const editedQuestions = (elements: readonly Element[]): EditedQuestion[] =>
  elements.map((element, index) => ({
    // The same on the server and in the browser.
    key: `stored-${index}`,
    id: element.id,
    elementType: element.elementType,
    title: element.title ?? {},
    description: element.description ?? {},
    placeholder: element.placeholder ?? {},
    isRequired: element.isRequired,
    maxFiles: element.maxFiles === null ? "" : String(element.maxFiles),
    choices: element.choices.map((choice, at) => ({ ...choice, key: `stored-${index}-${at}` })),
  }));

/** Texts in the form's languages that say something, or null. */
function wordsOf(words: Words, languages: readonly string[]): Words | null {
  const said = languages.flatMap((language) => {
    const text = words[language]?.trim();
    return text ? [[language, text] as const] : [];
  });
  return said.length === 0 ? null : Object.fromEntries(said);
}

export const isMaxFilesWrong = ({ elementType, maxFiles }: EditedQuestion): boolean =>
  TAKES_FILES.has(elementType) && maxFiles.trim() !== "" && !/^([1-9]|1\d|20)$/.test(maxFiles.trim());

/** What is stored of it. Choices that say nothing are left out. */
export function elementsOf(
  questions: readonly EditedQuestion[],
  { languages, defaultLanguage }: EditedForm,
): Element[] {
  return questions.map((one) => ({
    id: one.id,
    elementType: one.elementType,
    title: wordsOf(one.title, languages),
    description: wordsOf(one.description, languages),
    placeholder: wordsOf(one.placeholder, languages),
    isRequired: one.isRequired,
    maxFiles: TAKES_FILES.has(one.elementType) && one.maxFiles.trim() ? Number(one.maxFiles) : null,
    choices: NEEDS_CHOICES.has(one.elementType)
      ? one.choices.flatMap(({ value, label, requiresTextInput }) => {
          const words = wordsOf(label, languages);
          const named = value.trim() || words?.[defaultLanguage] || Object.values(words ?? {})[0];
          return named
            ? [{ value: named.slice(0, 200), label: words ?? { [defaultLanguage]: named }, requiresTextInput }]
            : [];
        })
      : [],
  }));
}

export function inputOf(
  form: EditedForm,
  questions: readonly EditedQuestion[],
): Required<Omit<QuestionnaireInput, "status">> & { elements: Element[] } {
  return {
    title: form.title.trim(),
    description: form.description.trim() || null,
    defaultLanguage: form.defaultLanguage,
    languages: form.languages,
    elements: elementsOf(questions, form),
  };
}

export const faultOf = (form: EditedForm, questions: readonly EditedQuestion[]): FormFault | null =>
  formFault(inputOf(form, questions));

/** Languages offered in the editor; a form made over the API may have others, and keeps them. */
export const LANGUAGES = [
  ..."ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu hy id it ja ka ko lt lv ms nb nl pl pt pt-BR".split(
    " ",
  ),
  ..."ro ru sk sl sr sv th tr uk ur vi zh".split(" "),
] as const;

import { z } from "zod";

/** Contract section 7. The last four ask for nothing: they lay the form out. */
export const ELEMENT_TYPES = [
  "SHORT_TEXT",
  "LONG_TEXT",
  "DROPDOWN",
  "SINGLE_CHOICE",
  "MULTIPLE_CHOICE",
  "NUMBER",
  "IMAGE",
  "FILE_UPLOAD",
  "TIME",
  "EMAIL",
  "ADDRESS",
  "PHONE",
  "COUNTRY",
  "DATE_PICKER",
  "CONSENT",
  "REPEATABLE_GROUP",
  "PARAGRAPH",
  "SECTION_HEADER",
  "SEPARATOR",
  "HEADING",
] as const;
export type ElementType = (typeof ELEMENT_TYPES)[number];

/** Names of an older form. */
const ALIASES: Record<string, ElementType> = { CHECKBOX: "MULTIPLE_CHOICE", DATE: "DATE_PICKER", TEXT: "SHORT_TEXT" };

export function parseElementType(spelled: string): ElementType | null {
  const name = spelled.trim().toUpperCase();
  return Object.hasOwn(ALIASES, name)
    ? ALIASES[name]!
    : ((ELEMENT_TYPES as readonly string[]).includes(name) && (name as ElementType)) || null;
}

export const NEEDS_CHOICES: ReadonlySet<ElementType> = new Set(["DROPDOWN", "SINGLE_CHOICE", "MULTIPLE_CHOICE"]);
export const LAYOUT: ReadonlySet<ElementType> = new Set(["PARAGRAPH", "SECTION_HEADER", "SEPARATOR", "HEADING"]);

export const isQuestion = ({ elementType }: { elementType: string }) => !LAYOUT.has(elementType as ElementType);

/** A workflow that asks a form: in what sessions are asked now, or in the draft of its next version. */
export interface Asking {
  id: string;
  label: string;
  /** Whether only a draft asks it. */
  isDraft: boolean;
}

const Words = z.record(z.string().max(10), z.string().trim().min(1).max(2_000));

export const Element = z.object({
  id: z.string().min(1).max(100),
  elementType: z.enum(ELEMENT_TYPES),
  title: Words.nullable().default(null),
  description: Words.nullable().default(null),
  placeholder: Words.nullable().default(null),
  isRequired: z.boolean().default(false),
  maxFiles: z.int().min(1).max(20).nullable().default(null),
  choices: z
    .array(
      z.object({
        value: z.string().trim().min(1).max(200),
        label: Words,
        requiresTextInput: z.boolean().default(false),
      }),
    )
    .max(500)
    .default([]),
});
export type Element = z.output<typeof Element>;

export const QuestionnaireInput = z.object({
  title: z.string().trim().min(1).max(255),
  description: z.string().trim().max(2_000).nullable().default(null),
  defaultLanguage: z.string().min(2).max(10),
  languages: z.array(z.string().min(2).max(10)).min(1).max(60),
  elements: z.array(Element).min(1).max(200),
  status: z.enum(["draft", "published"]).default("published"),
});
export type QuestionnaireInput = z.input<typeof QuestionnaireInput>;

interface Form {
  defaultLanguage: string;
  languages: readonly string[];
  elements: readonly Element[];
}

/** `at` counts from zero. */
export type FormFault =
  | { code: "language" | "ids" | "nothing" }
  | { code: "title" | "choices" | "sameChoice"; at: number };

/** What is wrong with a form; null when it can be asked. */
export function formFault(form: Form): FormFault | null {
  if (!form.languages.includes(form.defaultLanguage)) return { code: "language" };
  const ids = form.elements.map((element) => element.id);
  if (new Set(ids).size < ids.length) return { code: "ids" };
  for (const [at, element] of form.elements.entries()) {
    if (element.elementType !== "SEPARATOR" && !element.title?.[form.defaultLanguage]) return { code: "title", at };
    if (NEEDS_CHOICES.has(element.elementType) && element.choices.length === 0) return { code: "choices", at };
    const values = element.choices.map((choice) => choice.value);
    if (new Set(values).size < values.length) return { code: "sameChoice", at };
  }
  return form.elements.every((element) => LAYOUT.has(element.elementType)) ? { code: "nothing" } : null;
}

/** The same as field and sentence of the API. */
export function problemOf(form: Form): { field: string; message: string } | null {
  const fault = formFault(form);
  switch (fault?.code) {
    case undefined:
      return null;
    case "language":
      return { field: "default_language", message: "The default language must be one of the languages." };
    case "ids":
      return inElements("Every element needs an id of its own.");
    case "nothing":
      return inElements("The form asks for nothing.");
    case "title":
      return inElements(`Element ${fault.at + 1} has no title in ${form.defaultLanguage}.`);
    case "choices":
      return inElements(`Element ${fault.at + 1} needs choices.`);
    case "sameChoice":
      return inElements(`Element ${fault.at + 1} offers the same choice twice.`);
  }
}

const inElements = (message: string) => ({ field: "form_elements", message });

import { describe, expect, it } from "vitest";
import type { Element } from "@/domain/questionnaires/rules";
import { editedQuestions, elementsOf, faultOf, isMaxFilesWrong, newChoice, newQuestion } from "./edited";

const form = { title: "Funds", description: "", defaultLanguage: "en", languages: ["en", "es"] };

describe("a question while it is edited", () => {
  it("says afterwards what it said before", () => {
    const elements: Element[] = [
      {
        id: "source",
        elementType: "SINGLE_CHOICE",
        title: { en: "Source", es: "Origen" },
        description: null,
        placeholder: null,
        isRequired: true,
        maxFiles: null,
        choices: [
          { value: "salary", label: { en: "Salary" }, requiresTextInput: false },
          { value: "other", label: { en: "Other" }, requiresTextInput: true },
        ],
      },
      {
        id: "proof",
        elementType: "FILE_UPLOAD",
        title: { en: "Proof" },
        description: { en: "A payslip" },
        placeholder: null,
        isRequired: false,
        maxFiles: 3,
        choices: [],
      },
    ];
    expect(elementsOf(editedQuestions(elements), form)).toEqual(elements);
  });

  it("leaves out empty texts, languages that are gone, and choices that say nothing", () => {
    const question = newQuestion("DROPDOWN", []);
    const [stored] = elementsOf(
      [
        {
          ...question,
          title: { en: " Why ", es: "  ", fr: "Pourquoi" },
          choices: [{ ...newChoice(), label: { en: "Because" } }, newChoice()],
        },
      ],
      form,
    );
    expect(stored).toMatchObject({
      id: "q1",
      title: { en: "Why" },
      description: null,
      choices: [{ value: "Because", label: { en: "Because" } }],
    });
  });

  it("gets an id that no other has", () => {
    const first = newQuestion("NUMBER", []);
    const third = { ...newQuestion("NUMBER", [first]), id: "q3" };
    expect(newQuestion("NUMBER", [first, third]).id).toBe("q4");
  });

  it("is named with what is wrong with it", () => {
    const untitled = newQuestion("NUMBER", []);
    expect(faultOf(form, [])).toEqual({ code: "nothing" });
    expect(faultOf(form, [untitled])).toEqual({ code: "title", at: 0 });
    expect(faultOf(form, [{ ...newQuestion("DROPDOWN", []), title: { en: "Why" } }])).toEqual({
      code: "choices",
      at: 0,
    });
    expect(isMaxFilesWrong({ ...newQuestion("IMAGE", []), maxFiles: "21" })).toBe(true);
    expect(isMaxFilesWrong({ ...newQuestion("IMAGE", []), maxFiles: "20" })).toBe(false);
  });
});

"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldSet } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { isQuestion, NEEDS_CHOICES } from "@/domain/questionnaires/rules";
import { type EditedChoice, type EditedQuestion, isMaxFilesWrong, newChoice, TAKES_FILES } from "./edited";

const TAKES_PLACEHOLDER = new Set(["SHORT_TEXT", "LONG_TEXT", "NUMBER", "EMAIL", "PHONE", "ADDRESS", "DROPDOWN"]);
const MOST = 2_000;

/** What one question says in one language, and what it takes for an answer. */
export function QuestionFields({
  question,
  language,
  fault,
  mayWrite,
  onChange,
}: {
  question: EditedQuestion;
  language: string;
  /** In words. */
  fault: string | null;
  mayWrite: boolean;
  onChange: (to: Partial<EditedQuestion>) => void;
}) {
  const t = useTranslations("questionnaires.questions");
  const { elementType } = question;
  if (elementType === "SEPARATOR") return null;
  const write = (field: "title" | "description" | "placeholder", text: string) =>
    onChange({ [field]: { ...question[field], [language]: text } });
  const text = (field: "title" | "description" | "placeholder") => ({
    value: question[field][language] ?? "",
    maxLength: MOST,
    lang: language,
    autoComplete: "off",
    readOnly: !mayWrite,
    onChange: (event: { target: { value: string } }) => write(field, event.target.value),
  });
  const asks = isQuestion(question);
  return (
    <div className="mt-2 grid gap-x-4 gap-y-4 sm:grid-cols-2">
      <Field label={t("text")} error={fault} required className="sm:col-span-2">
        {elementType === "PARAGRAPH" || elementType === "CONSENT" ? (
          <Textarea {...text("title")} />
        ) : (
          <Input {...text("title")} />
        )}
      </Field>
      {asks && (
        <Field label={t("help")} optional className={TAKES_PLACEHOLDER.has(elementType) ? "" : "sm:col-span-2"}>
          <Input {...text("description")} />
        </Field>
      )}
      {TAKES_PLACEHOLDER.has(elementType) && (
        <Field label={t("placeholder")} optional>
          <Input {...text("placeholder")} />
        </Field>
      )}
      {TAKES_FILES.has(elementType) && (
        <Field
          label={t("maxFiles")}
          error={isMaxFilesWrong(question) && t("maxFilesWrong")}
          optional
          className="max-w-40"
        >
          <Input
            inputMode="numeric"
            maxLength={2}
            value={question.maxFiles}
            readOnly={!mayWrite}
            onChange={(event) => onChange({ maxFiles: event.target.value })}
          />
        </Field>
      )}
      {NEEDS_CHOICES.has(elementType) && (
        <Choices
          choices={question.choices}
          language={language}
          mayWrite={mayWrite}
          onChange={(choices) => onChange({ choices })}
        />
      )}
      {asks && (
        <Checkbox
          className="sm:col-span-2"
          label={t("required")}
          checked={question.isRequired}
          disabled={!mayWrite}
          onCheckedChange={(checked) => onChange({ isRequired: checked === true })}
        />
      )}
    </div>
  );
}

function Choices({
  choices,
  language,
  mayWrite,
  onChange,
}: {
  choices: readonly EditedChoice[];
  language: string;
  mayWrite: boolean;
  onChange: (choices: EditedChoice[]) => void;
}) {
  const t = useTranslations("questionnaires.choices");
  const tRemove = useTranslations("common.ordered");
  const change = (key: string, to: Partial<EditedChoice>) =>
    onChange(choices.map((choice) => (choice.key === key ? { ...choice, ...to } : choice)));
  return (
    <FieldSet label={t("title")} hint={t("hint")} className="sm:col-span-2">
      <ul className="flex flex-col gap-3">
        {choices.map((choice, index) => {
          const number = String(index + 1);
          return (
            <li
              key={choice.key}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto_auto]"
            >
              <Input
                aria-label={t("label", { number })}
                placeholder={t("labelHead")}
                value={choice.label[language] ?? ""}
                maxLength={MOST}
                lang={language}
                autoComplete="off"
                readOnly={!mayWrite}
                onChange={(event) => change(choice.key, { label: { ...choice.label, [language]: event.target.value } })}
              />
              <Input
                aria-label={t("value", { number })}
                placeholder={t("valueHead")}
                value={choice.value}
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
                readOnly={!mayWrite}
                className="font-mono text-xs max-sm:col-start-1"
                onChange={(event) => change(choice.key, { value: event.target.value })}
              />
              <Checkbox
                label={t("asksText")}
                checked={choice.requiresTextInput}
                disabled={!mayWrite}
                className="max-sm:col-span-2"
                onCheckedChange={(checked) => change(choice.key, { requiresTextInput: checked === true })}
              />
              {mayWrite && (
                <IconButton
                  label={tRemove("remove", { name: t("name", { number }) })}
                  icon={<X />}
                  size="sm"
                  tooltip={false}
                  className="max-sm:col-start-2 max-sm:row-start-1"
                  onClick={() => onChange(choices.filter((one) => one.key !== choice.key))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {mayWrite && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...choices, newChoice()])}
        >
          {t("add")}
        </Button>
      )}
    </FieldSet>
  );
}

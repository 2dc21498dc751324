"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { MultiCombobox } from "@/components/ui/combobox";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveRegion } from "@/components/ui/live-region";
import { OrderedTools, useOrdered } from "@/components/ui/ordered-list";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { ELEMENT_TYPES, type Element, type ElementType, isQuestion } from "@/domain/questionnaires/rules";
import type { ActionFailure } from "@/lib/action";
import { languageName } from "@/lib/format";
import { createQuestionnaireAction, updateQuestionnaireAction } from "./actions";
import {
  type EditedForm,
  type EditedQuestion,
  editedQuestions,
  faultOf,
  inputOf,
  isMaxFilesWrong,
  LANGUAGES,
  newQuestion,
} from "./edited";
import { QuestionFields } from "./question-fields";

type Failure = Omit<ActionFailure, "code"> & { code: ActionFailure["code"] | "unexpected" };

/** Makes a questionnaire, or its next version. */
export function QuestionnaireEditor({
  initial,
  editing,
  mayWrite,
}: {
  initial: EditedForm & { elements: Element[] };
  editing: { id: string; updatedAt: Date; version: number; isDraft: boolean } | null;
  mayWrite: boolean;
}) {
  const t = useTranslations("questionnaires");
  const tError = useTranslations("errors.code");
  const locale = useLocale();
  const router = useRouter();
  const [form, setForm] = useState<EditedForm>(() => ({
    title: initial.title,
    description: initial.description,
    defaultLanguage: initial.defaultLanguage,
    languages: initial.languages,
  }));
  const [shown, setShown] = useState(initial.defaultLanguage);
  const language = form.languages.includes(shown) ? shown : form.defaultLanguage;
  const nameOf = (question: EditedQuestion) =>
    question.title[form.defaultLanguage]?.trim() || t(`type.${question.elementType}`);
  const questions = useOrdered<EditedQuestion>(editedQuestions(initial.elements), nameOf);
  const [isTried, setTried] = useState(false);
  const [busy, setBusy] = useState<"publish" | "draft" | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);
  const frame = useRef<HTMLFormElement>(null);

  const fault = faultOf(form, questions.items);
  const isUntitled = !form.title.trim();
  const isWrong = isUntitled || fault !== null || questions.items.some(isMaxFilesWrong);
  const said =
    fault === null
      ? null
      : fault.code === "title"
        ? t("fault.title", { language: languageName(form.defaultLanguage, locale) })
        : t(`fault.${fault.code}`);
  const wrongAt = fault && "at" in fault ? fault.at : null;

  async function save(as: "publish" | "draft") {
    if (running.current) return;
    setTried(true);
    setFailure(null);
    if (isWrong) {
      // The default language is the one in which something is missing.
      setShown(form.defaultLanguage);
      requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    running.current = true;
    setBusy(as);
    const input = {
      ...inputOf(form, questions.items),
      status: as === "draft" ? ("draft" as const) : ("published" as const),
    };
    const act = editing
      ? updateQuestionnaireAction({ ...input, id: editing.id, seenAt: editing.updatedAt })
      : createQuestionnaireAction(input);
    const result = await act.catch((): Failure => ({ ok: false, code: "unexpected", message: "" }));
    running.current = false;
    setBusy(null);
    if (!result.ok) return setFailure(result);
    toast.success(as === "draft" ? t("save.drafted") : t("save.published", { version: String(result.data.version) }));
    if (!editing) router.push(`/settings/questionnaires/${result.data.id}`);
  }

  const isStale = failure?.code === "stale_version" || (failure?.code === "not_found" && editing !== null);
  const publishes = editing ? (editing.isDraft ? editing.version : editing.version + 1) : 1;
  const offered = [...new Set([...LANGUAGES, ...form.languages])];
  const languageOption = (one: string) => ({ value: one, label: languageName(one, locale) });

  return (
    <form
      ref={frame}
      noValidate
      aria-label={editing ? initial.title : t("new")}
      className="flex min-w-0 flex-col gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save("publish");
      }}
    >
      <Card>
        <CardBody className="flex flex-col gap-5">
          <Field label={t("form.title")} error={isTried && isUntitled && t("form.titleMissing")} required>
            <Input
              value={form.title}
              maxLength={255}
              autoComplete="off"
              readOnly={!mayWrite}
              onChange={(event) => setForm({ ...form, title: event.target.value })}
            />
          </Field>
          <Field label={t("form.description")} optional>
            <Textarea
              value={form.description}
              maxLength={2_000}
              rows={2}
              readOnly={!mayWrite}
              onChange={(event) => setForm({ ...form, description: event.target.value })}
            />
          </Field>
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <Field label={t("form.languages")} hint={t("form.languagesHint")}>
              <MultiCombobox
                disabled={!mayWrite}
                values={form.languages}
                onValuesChange={(languages) => {
                  if (languages.length === 0) return;
                  const defaultLanguage = languages.includes(form.defaultLanguage)
                    ? form.defaultLanguage
                    : languages[0]!;
                  setForm({ ...form, languages, defaultLanguage });
                }}
                options={offered.map(languageOption)}
              />
            </Field>
            <Field label={t("form.default")}>
              <Select
                disabled={!mayWrite}
                value={form.defaultLanguage}
                onValueChange={(defaultLanguage) => setForm({ ...form, defaultLanguage })}
                options={form.languages.map(languageOption)}
              />
            </Field>
          </div>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title={t("questions.title")}
          description={t("questions.description")}
          actions={
            form.languages.length > 1 && (
              <Select
                size="sm"
                aria-label={t("form.write")}
                value={language}
                onValueChange={setShown}
                options={form.languages.map(languageOption)}
                className="w-44"
              />
            )
          }
        />
        {questions.items.length === 0 ? (
          <CardBody className="text-muted text-sm">{t("questions.empty")}</CardBody>
        ) : (
          <ol ref={questions.list} aria-label={t("questions.title")} className="divide-y divide-border">
            {questions.items.map((question, index) => (
              <li key={question.key} data-ordered={question.key} className="px-4 py-3">
                {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of its own */}
                <div role="group" aria-label={t("questions.name", { number: String(index + 1) })}>
                  <div className="flex items-center justify-between gap-3">
                    <span className="flex min-w-0 flex-wrap items-center gap-2 text-sm">
                      <span className="font-medium tabular-nums">{index + 1}.</span>
                      <Badge>{t(`type.${question.elementType}`)}</Badge>
                      <code className="font-mono text-muted text-xs">{question.id}</code>
                    </span>
                    {mayWrite && (
                      <OrderedTools
                        name={nameOf(question)}
                        isFirst={index === 0}
                        isLast={index === questions.items.length - 1}
                        onMove={(by) => questions.move(question.key, by)}
                        onRemove={() => questions.remove(question.key)}
                      />
                    )}
                  </div>
                  <QuestionFields
                    question={question}
                    language={language}
                    fault={isTried && wrongAt === index ? said : null}
                    mayWrite={mayWrite}
                    onChange={(to) => questions.change(question.key, to)}
                  />
                </div>
              </li>
            ))}
          </ol>
        )}
        {mayWrite && (
          <div className="flex flex-col gap-3 border-border border-t px-4 py-3">
            {isTried && said && wrongAt === null && <FieldError>{said}</FieldError>}
            <Field label={t("questions.add")}>
              <Select
                // Chosen and taken: it is ready for the next one.
                value=""
                placeholder={t("questions.choose")}
                onValueChange={(type) => questions.add(newQuestion(type as ElementType, questions.items))}
                groups={[
                  { label: t("questions.asks"), options: typeOptions(true) },
                  { label: t("questions.layout"), options: typeOptions(false) },
                ]}
                className="max-w-sm"
              />
            </Field>
          </div>
        )}
        <LiveRegion>{questions.said}</LiveRegion>
      </Card>
      {isStale && (
        <Callout
          tone="danger"
          announce
          title={t("stale.title")}
          actions={
            <Button size="sm" onClick={() => window.location.reload()}>
              {t("stale.show")}
            </Button>
          }
        >
          {t("stale.text")}
        </Callout>
      )}
      {failure && !isStale && (
        <Callout tone="danger" announce>
          {tError(failure.code)}
        </Callout>
      )}
      {isTried && isWrong && (
        <Callout tone="danger" announce>
          {said && wrongAt !== null ? t("fault.at", { number: String(wrongAt + 1), fault: said }) : t("save.wrong")}
        </Callout>
      )}
      {mayWrite && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" loading={busy === "publish"}>
              {editing ? t("save.publishNext", { version: String(publishes) }) : t("save.publish")}
            </Button>
            {(!editing || editing.isDraft) && (
              <Button loading={busy === "draft"} onClick={() => save("draft")}>
                {editing ? t("save.keepDraft") : t("save.draft")}
              </Button>
            )}
          </div>
          <p className="min-w-48 flex-1 text-muted text-sm">{t("save.note")}</p>
        </div>
      )}
    </form>
  );

  function typeOptions(asks: boolean) {
    return ELEMENT_TYPES.filter((elementType) => isQuestion({ elementType }) === asks).map((type) => ({
      value: type,
      label: t(`type.${type}`),
    }));
  }
}

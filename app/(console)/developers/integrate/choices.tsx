"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useEffect, useState, useTransition } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveRegion } from "@/components/ui/live-region";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { PROMPT_LANGUAGES, type PromptLanguage, SIDES, type Side } from "@/lib/prompt-choices";
import { integrateSearchParams, LANGUAGES } from "./search-params";

export function Choices({ partners }: { partners: readonly { id: string; name: string }[] }) {
  const t = useTranslations("developers.integrate");
  const [isPending, startTransition] = useTransition();
  const [chosen, choose] = useQueryStates(integrateSearchParams, {
    shallow: false,
    history: "replace",
    startTransition,
  });
  const [stack, setStack] = useState(chosen.stack);
  useEffect(() => setStack(chosen.stack), [chosen.stack]);
  const setChosenStack = () => stack.trim() !== chosen.stack && choose({ stack: stack.trim() || null });

  return (
    <form
      className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChosenStack();
      }}
    >
      <Field label={t("side")}>
        <SegmentedControl
          value={chosen.side}
          onValueChange={(side: Side) => choose({ side })}
          options={SIDES.map((value) => ({ value, label: t(`sides.${value}`) }))}
        />
      </Field>
      <Field label={t("language")}>
        <Select
          value={chosen.language}
          onValueChange={(language) => choose({ language: language as PromptLanguage })}
          options={LANGUAGES.map((value) => ({
            value,
            label: value === "other" ? t("otherLanguage") : PROMPT_LANGUAGES[value].name,
          }))}
        />
      </Field>
      <Field label={t("stack")} hint={t("stackHint")} optional>
        <Input
          value={stack}
          maxLength={120}
          autoComplete="off"
          placeholder={t("stackPlaceholder")}
          onChange={({ target }) => setStack(target.value)}
          onBlur={setChosenStack}
        />
      </Field>
      {partners.length > 0 && (
        <Field label={t("partner")}>
          <Combobox
            clearable
            placeholder={t("undecided")}
            value={chosen.partner || null}
            onValueChange={(partner) => choose({ partner })}
            options={partners.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      )}
      <LiveRegion>{isPending ? t("updating") : ""}</LiveRegion>
    </form>
  );
}

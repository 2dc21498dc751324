"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { BLOCKS } from "@/domain/sessions/blocks";
import { isFinished } from "@/domain/sessions/rules";
import { type ShareTerms, termsOfKind } from "@/domain/share-tokens/terms";
import type { MintSession } from "./mint-dialog";
import { TermsText, useFeatureNames } from "./terms-text";

/** What goes out: all of it unless something is unticked. Blocks that none of the sessions has are not asked about. */
export function ShareField({
  sessions,
  value,
  ceiling,
  onChange,
  nothingLeft,
}: {
  sessions: readonly MintSession[];
  value: ShareTerms;
  /** What the agreement leaves out whatever is ticked. */
  ceiling: ShareTerms;
  onChange: (value: ShareTerms) => void;
  nothingLeft: boolean;
}) {
  const t = useTranslations("mint.share");
  const nameOf = useFeatureNames();
  const shareable = sessions.filter((session) => isFinished(session.status));
  const present = new Set(shareable.flatMap((session) => session.features));
  const features = BLOCKS.map(({ feature }) => feature).filter((feature) => present.has(feature));
  if (features.length === 0) return null;
  const people = shareable.every(({ kind }) => kind === "user");
  const choose = (feature: string, shared: boolean) =>
    onChange({
      ...value,
      // In the contract's order, so that one choice has one spelling.
      omit: features.filter((one) => (one === feature ? !shared : value.omit.includes(one))),
    });
  return (
    <div className="flex flex-col gap-1.5">
      <details className="group/share rounded-lg border border-border">
        <summary className="-outline-offset-2 flex min-h-11 list-none items-center gap-2 rounded-lg px-3 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronDown
            aria-hidden
            className="-rotate-90 size-4 shrink-0 text-muted transition-transform group-open/share:rotate-0"
          />
          <span className="font-medium">{t("label")}</span>
          <span className="ml-auto min-w-0 text-right text-muted">
            <TermsText terms={people ? termsOfKind(value, "user") : value} />
          </span>
        </summary>
        <fieldset className="flex flex-col gap-3 border-border border-t px-3 py-3">
          <legend className="float-left mb-3 text-muted text-sm">{t("hint")}</legend>
          <div className="clear-both grid gap-x-4 gap-y-2 sm:grid-cols-2">
            {features.map((feature) => (
              <Checkbox
                key={feature}
                label={nameOf(feature)}
                checked={!value.omit.includes(feature)}
                disabled={ceiling.omit.includes(feature)}
                onCheckedChange={(checked) => choose(feature, checked === true)}
              />
            ))}
            <Checkbox
              label={t("media")}
              checked={value.media}
              disabled={!ceiling.media}
              onCheckedChange={(checked) => onChange({ ...value, media: checked === true })}
            />
          </div>
          {(!ceiling.media || features.some((feature) => ceiling.omit.includes(feature))) && (
            <p className="text-muted text-sm">{t("agreed")}</p>
          )}
          {value.omit.includes("ID_VERIFICATION") && <p className="text-muted text-sm">{t("withoutDocument")}</p>}
          {present.has("KYB_KEY_PEOPLE") && <p className="text-muted text-sm">{t("withPeople")}</p>}
        </fieldset>
      </details>
      {nothingLeft && <FieldError>{t("nothing")}</FieldError>}
    </div>
  );
}

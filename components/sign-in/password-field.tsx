"use client";

import { Check, Circle, Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Ref, useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { PASSWORD_RULE_NAMES, passwordRulesKept } from "@/domain/access/rules";
import { cn } from "@/lib/cn";

/** A password to choose, with the rules ticked off while one types, or one to remember. */
export function PasswordField({
  value,
  onChange,
  error,
  isNew,
  inputRef,
}: {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  isNew: boolean;
  inputRef?: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("join.password");
  const [shown, setShown] = useState(false);
  const kept = passwordRulesKept(value);
  return (
    <div className="flex flex-col gap-2">
      <Field label={t("label")} error={error} required>
        <Input
          ref={inputRef}
          name="password"
          type={shown ? "text" : "password"}
          size="lg"
          autoComplete={isNew ? "new-password" : "current-password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          suffix={
            <IconButton
              label={shown ? t("hide") : t("show")}
              icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
              aria-pressed={shown}
              tooltip={false}
              onClick={() => setShown(!shown)}
            />
          }
        />
      </Field>
      {isNew && (
        <ul aria-label={t("rules")} className="grid gap-x-4 gap-y-0.5 text-sm sm:grid-cols-2">
          {PASSWORD_RULE_NAMES.map((rule) => {
            const isKept = kept.has(rule);
            return (
              <li key={rule} className={cn("flex items-start gap-1.5", isKept ? "text-success" : "text-muted")}>
                {isKept ? (
                  <Check aria-hidden className="mt-0.75 size-3.5 shrink-0" />
                ) : (
                  <Circle aria-hidden className="mt-0.75 size-3.5 shrink-0" />
                )}
                <span>
                  {t(`rule.${rule}`)}
                  <span className="sr-only"> ({isKept ? t("met") : t("unmet")})</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

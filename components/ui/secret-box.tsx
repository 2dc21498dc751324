"use client";

import { Eye, EyeOff, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { CopyButton } from "./copy-button";
import { IconButton } from "./icon-button";

/** A secret that is shown once, right after it was made: covered until asked for, copied without being shown. */
export function SecretBox({
  label,
  secret,
  warning,
  covered = true,
  onCopied,
}: {
  label: string;
  secret: string;
  warning?: ReactNode;
  covered?: boolean;
  onCopied?: () => void;
}) {
  const t = useTranslations("common");
  const id = useId();
  const [shown, setShown] = useState(!covered);
  return (
    <section aria-labelledby={id} className="rounded-lg border border-warning-border bg-warning-bg">
      <div className="flex items-center justify-between gap-2 px-3 pt-2">
        <h3 id={id} className="font-medium text-sm">
          {label}
        </h3>
        <IconButton
          size="sm"
          label={shown ? t("secret.hide") : t("secret.show")}
          icon={shown ? <EyeOff /> : <Eye />}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
      <div className="flex items-start gap-2 px-3 pt-1 pb-3">
        <code
          data-secret
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          tabIndex={0}
          className="max-h-32 min-h-8 min-w-0 flex-1 overflow-y-auto break-all rounded-md border border-warning-border bg-surface px-2.5 py-1.5 font-mono text-foreground text-xs leading-4.5"
        >
          {shown ? secret : <span aria-hidden>{"•".repeat(Math.min(secret.length, 40))}</span>}
        </code>
        <CopyButton text={secret} label={label} size="md" {...(onCopied ? { onCopied } : {})}>
          {t("copy")}
        </CopyButton>
      </div>
      <p className="flex items-start gap-2 border-warning-border border-t px-3 py-2 text-sm text-warning">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          <strong className="font-semibold">{t("secret.once")}.</strong> {warning ?? t("secret.gone")}
        </span>
      </p>
    </section>
  );
}

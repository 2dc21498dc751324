"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "@/lib/cn";
import { Label } from "./label";

type Wiring = { id: string; labelId: string; describedBy: string | undefined; invalid: boolean; required: boolean };

const FieldContext = createContext<Wiring | null>(null);

type ControlProps = {
  id?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" | undefined;
  "aria-required"?: boolean | "true" | "false" | undefined;
};

/** The attributes that tie a control to the Field around it; what the caller gives explicitly wins. */
export function useFieldControl(own: ControlProps = {}) {
  const field = useContext(FieldContext);
  return {
    id: own.id ?? field?.id,
    "aria-describedby": [own["aria-describedby"], field?.describedBy].filter(Boolean).join(" ") || undefined,
    "aria-invalid": own["aria-invalid"] ?? (field?.invalid || undefined),
    "aria-required": own["aria-required"] ?? (field?.required || undefined),
  };
}

export function useFieldLabelId() {
  return useContext(FieldContext)?.labelId;
}

export function FieldError({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-danger text-sm">
      <CircleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  optional?: boolean;
  /** For a control whose purpose the surroundings make plain; screen readers still get the label. */
  hideLabel?: boolean;
  /** At the right end of the label line. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Label, control, hint and error; the control inside finds its id and descriptions by itself. */
export function Field({ label, hint, error, required, optional, hideLabel, action, className, children }: FieldProps) {
  const t = useTranslations("common");
  const id = useId();
  const wiring: Wiring = {
    id,
    labelId: `${id}-label`,
    describedBy: [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || undefined,
    invalid: Boolean(error),
    required: Boolean(required),
  };
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <div className={cn("flex items-baseline justify-between gap-3", hideLabel && !action && "sr-only")}>
        <Label htmlFor={id} id={wiring.labelId} className={cn(hideLabel && "sr-only")}>
          {label}
          {optional && <span className="ml-1.5 font-normal text-muted">{t("optional")}</span>}
        </Label>
        {action}
      </div>
      <FieldContext.Provider value={wiring}>{children}</FieldContext.Provider>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The same for a group of controls (radios, checkboxes): a fieldset with a legend. */
export function FieldSet({ label, hint, error, optional, hideLabel, className, children }: Omit<FieldProps, "action">) {
  const t = useTranslations("common");
  const id = useId();
  const describedBy = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset aria-describedby={describedBy} className={cn("flex min-w-0 flex-col gap-2", className)}>
      <legend className={cn("mb-2 font-medium text-sm", hideLabel && "sr-only")}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-muted">{t("optional")}</span>}
      </legend>
      {hint && (
        <p id={`${id}-hint`} className="-mt-2 text-muted text-sm">
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}

"use client";

import { FileUp } from "lucide-react";
import { Field, useFieldControl } from "@/components/ui/field";
import { cn } from "@/lib/cn";

/** A file; a phone offers its camera among the ways to get one. */
export function FilePicker({
  label,
  optional,
  accept,
  hint,
  error,
  file,
  onChoose,
}: {
  label: string;
  optional?: boolean;
  accept: string;
  hint: string;
  error: string | undefined;
  file: File | undefined;
  onChoose: (file: File | undefined) => void;
}) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      <Chooser accept={accept} file={file} onChoose={onChoose} />
    </Field>
  );
}

function Chooser({
  accept,
  file,
  onChoose,
}: {
  accept: string;
  file: File | undefined;
  onChoose: (file: File | undefined) => void;
}) {
  const wiring = useFieldControl();
  return (
    <span
      className={cn(
        "relative flex min-h-12 items-center gap-2.5 rounded-md border border-input border-dashed bg-surface px-3 py-2 text-sm hover:border-muted has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
        wiring["aria-invalid"] && "border-danger",
      )}
    >
      <FileUp aria-hidden className="size-4 shrink-0 text-muted" />
      <span aria-hidden className={cn("min-w-0 flex-1 truncate", !file && "text-muted")}>
        {file?.name ?? "…"}
      </span>
      <input
        {...wiring}
        type="file"
        accept={accept}
        onChange={(event) => onChoose(event.target.files?.[0])}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
    </span>
  );
}

"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { Field } from "./field";
import { Input } from "./input";

const PAUSE_MS = 350;

/**
 * Searches a moment after typing stops, or at once on Enter and when the field is left. What is being typed is never
 * overwritten, and a link that the field is left for is not taken back by the search's own address.
 */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  className,
}: {
  label: string;
  placeholder?: string;
  /** Null: nothing is searched for. */
  value: string | null;
  onChange: (value: string | null) => void;
  className?: string;
}) {
  const [text, setText] = useState(value ?? "");
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value ?? "");
  }, [value]);

  function send(typed: string) {
    clearTimeout(timer.current);
    const next = typed.trim() || null;
    if (next === sent.current) return;
    sent.current = next;
    onChange(next);
  }

  return (
    <form
      className={cn("min-w-0", className)}
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <Field label={label}>
        <Input
          type="search"
          prefix={<Search aria-hidden />}
          value={text}
          maxLength={200}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onBlur={({ relatedTarget }) => {
            if (relatedTarget?.closest("a[href]")) clearTimeout(timer.current);
            else send(text);
          }}
          onChange={(event) => {
            const typed = event.target.value;
            setText(typed);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => send(typed), PAUSE_MS);
          }}
        />
      </Field>
    </form>
  );
}

"use client";

import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { useFieldControl } from "./field";
import { controlClasses } from "./input";

export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  const wiring = useFieldControl(props);
  return (
    <textarea
      rows={rows}
      {...props}
      {...wiring}
      className={cn(controlClasses(), "h-auto min-h-16 resize-y py-1.5 leading-5", className)}
    />
  );
}

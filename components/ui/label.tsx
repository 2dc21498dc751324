import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export function Label({ className, htmlFor, ...props }: ComponentProps<"label">) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller gives htmlFor and the text
    <label htmlFor={htmlFor} className={cn("select-none font-medium text-foreground text-sm", className)} {...props} />
  );
}

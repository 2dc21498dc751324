import { cn } from "@/lib/cn";

/** First letters of the first and last word; one character for scripts that do not write initials. */
export function initials(name: string) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  const letter = (word: string) => [...word][0]?.toLocaleUpperCase() ?? "";
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(first)
    ? letter(first) + letter(last)
    : letter(first);
}

/** Decorative: the name always stands beside it, or on the control it sits in. */
export function Avatar({
  name,
  size = "md",
  className,
}: {
  name: string;
  size?: "sm" | "md" | "lg";
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-grid shrink-0 select-none place-items-center rounded-full border border-accent-border bg-accent-bg font-semibold text-accent",
        size === "sm" && "size-6 text-2xs",
        size === "md" && "size-7 text-2xs",
        size === "lg" && "size-10 text-base",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

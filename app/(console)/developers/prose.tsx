import { cn } from "@/lib/cn";

/** A sentence of the API's own document: English, with code in backticks. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <span lang="en" className={cn("break-words", className)}>
      {text.split(/`([^`]+)`/).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
          <code key={index} className="rounded-sm bg-subtle px-1 font-mono text-[0.9em]">
            {part}
          </code>
        ),
      )}
    </span>
  );
}

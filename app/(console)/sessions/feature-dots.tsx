"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";

type Dot = { name: string; status: string; word: string };

/** Told apart by shape as well as colour: a disc is approved, a square stands on its corner for declined, a ring waits. */
const SHAPES: Record<string, string> = {
  Approved: "rounded-full bg-success-solid",
  Declined: "rotate-45 rounded-[1px] bg-danger-solid",
  "In Review": "rounded-[1px] bg-warning-solid",
  "Resub Requested": "rounded-[1px] border-[1.5px] border-accent",
};
const OPEN = "rounded-full border-[1.5px] border-input";

/** One dot per check of the record, in the order of the record. */
export function FeatureDots({ label, features }: { label: string; features: readonly Dot[] }) {
  if (features.length === 0) {
    return (
      <span aria-hidden className="text-muted">
        —
      </span>
    );
  }
  const spoken = `${label}: ${features.map(({ name, word }) => `${name}: ${word}`).join(", ")}`;
  return (
    <Tooltip
      content={
        <ul className="flex flex-col gap-0.5 py-0.5">
          {features.map(({ name, word }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record may hold the same check twice, always in this order
            <li key={index} className="flex justify-between gap-4">
              <span>{name}</span>
              <span className="opacity-80">{word}</span>
            </li>
          ))}
        </ul>
      }
    >
      <span role="img" aria-label={spoken} className="inline-flex h-6 max-w-full items-center gap-0.75 align-middle">
        {features.map(({ status }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index} className={cn("size-1.75 shrink-0", SHAPES[status] ?? OPEN)} />
        ))}
      </span>
    </Tooltip>
  );
}

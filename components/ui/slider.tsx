"use client";

import { Slider as Radix } from "radix-ui";
import { cn } from "@/lib/cn";
import { useFieldControl, useFieldLabelId } from "./field";

type SliderProps = {
  value: number;
  onValueChange: (value: number) => void;
  /** After the drag or key press ends: the moment for anything that costs. */
  onValueCommit?: (value: number) => void;
  min: number;
  max: number;
  step?: number;
  /** What a screen reader says for a position, "1 hour" rather than "3600". */
  formatValue?: (value: number) => string;
  /** Named positions below the track; clicking one jumps there. */
  marks?: readonly { value: number; label: string }[];
  disabled?: boolean;
  className?: string;
  "aria-label"?: string;
};

/** Arrows move by a step, Page Up/Down by ten, Home/End to the ends. */
export function Slider({
  value,
  onValueChange,
  onValueCommit,
  min,
  max,
  step = 1,
  formatValue,
  marks,
  disabled,
  className,
  "aria-label": label,
}: SliderProps) {
  const wiring = useFieldControl();
  const labelId = useFieldLabelId();
  return (
    <div className={cn("w-full", className)}>
      <Radix.Root
        value={[value]}
        onValueChange={([next]) => next !== undefined && onValueChange(next)}
        onValueCommit={([next]) => next !== undefined && onValueCommit?.(next)}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        className="relative flex h-6 w-full touch-none select-none items-center data-[disabled]:opacity-50"
      >
        <Radix.Track className="relative h-1 w-full grow rounded-full bg-border-strong">
          <Radix.Range className="absolute h-full rounded-full bg-accent-solid" />
        </Radix.Track>
        <Radix.Thumb
          id={wiring.id}
          aria-label={label}
          aria-labelledby={label ? undefined : labelId}
          aria-describedby={wiring["aria-describedby"]}
          aria-valuetext={formatValue?.(value)}
          className="grid size-6 cursor-grab place-items-center rounded-full active:cursor-grabbing"
        >
          <span className="size-4 rounded-full border-2 border-accent-solid bg-surface" />
        </Radix.Thumb>
      </Radix.Root>
      {marks && (
        <div className="relative mx-3 h-6">
          {marks.map((mark) => (
            <button
              key={mark.value}
              type="button"
              tabIndex={-1}
              disabled={disabled}
              aria-hidden
              onClick={() => {
                onValueChange(mark.value);
                onValueCommit?.(mark.value);
              }}
              style={{ left: `${((mark.value - min) / (max - min)) * 100}%` }}
              className={cn(
                "absolute top-0 h-6 -translate-x-1/2 whitespace-nowrap rounded-sm px-1 text-xs hover:text-foreground",
                mark.value === value ? "font-medium text-foreground" : "text-muted",
              )}
            >
              {mark.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DateTimeBoth } from "@/components/ui/relative-time";
import { Slider } from "@/components/ui/slider";
import { useClock } from "@/components/ui/use-clock";
import {
  formatTtl,
  parseTtl,
  positionOfTtl,
  TTL_MAX_IN_SECONDS,
  TTL_MIN_IN_SECONDS,
  TTL_PRESETS_IN_SECONDS,
  ttlAtPosition,
} from "@/domain/share-tokens/rules";
import { formatDuration } from "@/lib/format";

const POSITIONS = 1000;

type Props = {
  /** In seconds: the contract's bound, or what is agreed with the partner. */
  longest: number;
  text: string;
  onTextChange: (text: string) => void;
  /** Null while the text is not a lifetime within bounds. */
  seconds: number | null;
  /** Where the slider stands meanwhile. */
  fallback: number;
};

/** How long a token lives: typed, a preset, or a slider that is logarithmic, since a minute matters less at a day. */
export function TtlField({ longest, text, onTextChange, seconds, fallback }: Props) {
  const t = useTranslations("mint.ttl");
  const locale = useLocale();
  const byKey = useRef(false);
  const now = useClock("second");
  const shown = seconds ?? Math.min(longest, Math.max(TTL_MIN_IN_SECONDS, fallback));
  const position = positionOfTtl(shown);
  const positions = longest < TTL_MAX_IN_SECONDS ? positionOfTtl(longest) : POSITIONS;

  function slide(next: number) {
    let at = next;
    // Several positions share one round lifetime; a key press always moves on to another.
    while (byKey.current && ttlAtPosition(at) === shown && at > 0 && at < positions) at += next > position ? 1 : -1;
    onTextChange(formatTtl(Math.min(longest, ttlAtPosition(at))));
  }

  const typed = parseTtl(text);
  const error =
    seconds !== null
      ? undefined
      : typed === null
        ? t("unreadable")
        : typed < TTL_MIN_IN_SECONDS
          ? t("tooShort", { min: formatDuration(TTL_MIN_IN_SECONDS, locale) })
          : t(longest < TTL_MAX_IN_SECONDS ? "agreed" : "tooLong", { max: formatDuration(longest, locale) });

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <Field
          label={t("label")}
          hint={
            error
              ? undefined
              : longest < TTL_MAX_IN_SECONDS
                ? t("agreed", { max: formatDuration(longest, locale) })
                : t("hint")
          }
          error={error}
          className="w-52 flex-none"
        >
          <Input
            value={text}
            onChange={(event) => onTextChange(event.target.value)}
            onBlur={() => seconds !== null && onTextChange(formatTtl(seconds))}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <div className="min-w-56 flex-1">
          <p className="mb-1.5 font-medium text-sm">{t("expires")}</p>
          <div className="flex min-h-10 flex-col justify-center tabular-nums">
            {seconds === null ? <span className="text-muted">—</span> : <DateTimeBoth value={now + seconds * 1000} />}
          </div>
        </div>
      </div>
      <div
        onKeyDownCapture={() => {
          byKey.current = true;
        }}
        onPointerDownCapture={() => {
          byKey.current = false;
        }}
      >
        <Slider
          aria-label={t("slider")}
          value={position}
          min={0}
          max={positions}
          onValueChange={slide}
          formatValue={() => formatDuration(shown, locale)}
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that set the field above, not a fieldset of their own */}
      <div
        role="group"
        aria-label={t("presets")}
        className="flex flex-wrap gap-1.5 max-sm:grid max-sm:grid-cols-6 max-sm:[&_button]:px-0"
      >
        {TTL_PRESETS_IN_SECONDS.map((preset) => (
          <Button
            key={preset}
            size="sm"
            aria-pressed={preset === seconds}
            disabled={preset > longest}
            className="aria-pressed:border-accent-border aria-pressed:bg-accent-bg aria-pressed:text-accent"
            onClick={() => onTextChange(formatTtl(preset))}
          >
            {formatDuration(preset, locale, "short")}
          </Button>
        ))}
      </div>
    </div>
  );
}

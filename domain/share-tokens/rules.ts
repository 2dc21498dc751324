import { z } from "zod";
import { HAND_OFFS } from "../share-inbox/rules";
import { ShareInput } from "./terms";

/** Contract section 1.1. Seconds. */
export const TTL_MIN_IN_SECONDS = 60;
export const TTL_MAX_IN_SECONDS = 86_400;
export const TTL_DEFAULT_IN_SECONDS = 3_600;
export const MAX_SESSIONS_PER_MINT = 100;

export const TtlInSeconds = z
  .number({ error: "A valid integer is required." })
  .int("A valid integer is required.")
  .min(TTL_MIN_IN_SECONDS, `Ensure this value is greater than or equal to ${TTL_MIN_IN_SECONDS}.`)
  .max(TTL_MAX_IN_SECONDS, `Ensure this value is less than or equal to ${TTL_MAX_IN_SECONDS}.`);

export const MintInput = z.object({
  sessionIds: z.array(z.uuid()).min(1).max(MAX_SESSIONS_PER_MINT),
  /** One of the two names the scope; the application id wins (contract section 1.1). */
  forApplicationId: z.uuid({ error: "Must be a valid UUID." }).optional(),
  partnerClientId: z.string().min(1).max(100).optional(),
  /** Absent: an hour, or what the agreement allows if that is less. */
  ttlInSeconds: TtlInSeconds.optional(),
  /** Absent: everything is shared that may be. */
  share: ShareInput.optional(),
  handOff: z.enum(HAND_OFFS).default("manual"),
});
export type MintInput = z.input<typeof MintInput>;

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads `90m`, `24h`, `1h 30m`, `3600`; null when it is none of these. The bounds are checked elsewhere. */
export function parseTtl(typed: string): number | null {
  const text = typed.trim().toLowerCase().replace(/,/g, ".");
  if (/^\d+$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(d|h|m|s)[a-z]*/g)];
  if (
    parts.length === 0 ||
    parts
      .map((part) => part[0])
      .join("")
      .replace(/\s/g, "") !== text.replace(/\s/g, "")
  )
    return null;
  return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!, 0));
}

/** The shortest exact way to write a TTL: `90s`, `15m`, `1h 30m`, `1d`. */
export function formatTtl(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ["d", 86_400],
    ["h", 3600],
    ["m", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.join(" ") || "0s";
}

const STEPS = 1000;

/** The slider is logarithmic: a minute more matters at one minute and not at one day. Position 0..1000. */
export function ttlAtPosition(position: number): number {
  const raw = TTL_MIN_IN_SECONDS * (TTL_MAX_IN_SECONDS / TTL_MIN_IN_SECONDS) ** (position / STEPS);
  const grain = raw < 600 ? 15 : raw < 3600 ? 60 : raw < 21_600 ? 300 : 900;
  return Math.min(TTL_MAX_IN_SECONDS, Math.max(TTL_MIN_IN_SECONDS, Math.round(raw / grain) * grain));
}

export function positionOfTtl(seconds: number): number {
  const clamped = Math.min(TTL_MAX_IN_SECONDS, Math.max(TTL_MIN_IN_SECONDS, seconds));
  return Math.round(
    (STEPS * Math.log(clamped / TTL_MIN_IN_SECONDS)) / Math.log(TTL_MAX_IN_SECONDS / TTL_MIN_IN_SECONDS),
  );
}

export const TTL_PRESETS_IN_SECONDS = [300, 900, 3600, 14_400, 43_200, 86_400] as const;

export type ShareTokenState = "active" | "redeemed" | "revoked" | "expired";

export function shareTokenState(
  token: { redeemedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): ShareTokenState {
  if (token.redeemedAt) return "redeemed";
  if (token.revokedAt) return "revoked";
  return token.expiresAt <= now ? "expired" : "active";
}

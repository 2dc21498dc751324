import type { Tone } from "@/components/ui/badge";
import type { LedgerRow } from "@/domain/share-tokens/ledger-list";

export const STATE_TONES: Record<LedgerRow["state"], Tone> = {
  active: "accent",
  previewed: "info",
  redeemed: "success",
  refused: "warning",
  revoked: "danger",
  expired: "neutral",
};

type Loose = { (key: string, values?: Record<string, string>): string; has(key: string): boolean };

/** Why a token was refused, in words; a code that has none stands for itself. */
export function refusalText(t: unknown, code: string): string {
  const words = t as Loose;
  return words.has(`refusal.${code}`) ? words(`refusal.${code}`) : words("refusal.other", { code });
}

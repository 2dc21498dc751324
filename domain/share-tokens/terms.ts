import { z } from "zod";
import type { ShareTerms } from "@/db/schema";
import { BLOCKS, blocksOf } from "../sessions/blocks";
import type { SessionKind } from "../sessions/rules";

export type { ShareTerms };

const FEATURES = BLOCKS.map(({ feature }) => feature);
const PERSONS: ReadonlySet<string> = new Set(blocksOf("user").map(({ feature }) => feature));

/**
 * What is to be left out of a share: blocks by their names in `features[]`, and media. What is not said is nothing, or
 * what the agreement leaves out.
 */
export const ShareInput = z.object({
  omit: z.array(z.enum(FEATURES)).max(FEATURES.length).optional(),
  media: z.boolean().optional(),
});
export type ShareInput = z.input<typeof ShareInput>;

export const TermsAnswer = z.object({ omit: z.array(z.string()), media: z.boolean() });

export const EVERYTHING: ShareTerms = { omit: [], media: true };

/**
 * What a mint hands over: what was said, and nothing beyond the ceiling. One spelling for one choice: blocks once each,
 * in the contract's order. Null when everything is shared.
 */
export function withinCeiling(chosen: ShareTerms, ceiling: ShareTerms): ShareTerms | null {
  // Blocks that a session does not have yet are left out as well: it may have them by the time it is redeemed.
  const left = new Set<string>([...chosen.omit, ...ceiling.omit]);
  const omit = FEATURES.filter((feature) => left.has(feature));
  const media = chosen.media && ceiling.media;
  return omit.length === 0 && media ? null : { omit, media };
}

/**
 * What they say of a session of this kind: that a person's share comes without a company's blocks says nothing. A company's
 * may leave out blocks of persons, as its key people come along.
 */
export function termsOfKind(terms: ShareTerms | null, kind: SessionKind): ShareTerms | null {
  if (!terms || kind === "business") return terms;
  const omit = terms.omit.filter((feature) => PERSONS.has(feature));
  return omit.length === 0 && terms.media ? null : { omit, media: terms.media };
}

/** Whether anything of a session is left to share. A session that has no blocks yet has nothing to leave out. */
export function sharesSomething(terms: ShareTerms | null, features: readonly { feature: string }[]): boolean {
  if (!terms || features.length === 0) return true;
  const omitted = new Set(terms.omit);
  return features.some(({ feature }) => !omitted.has(feature));
}

export function sameTerms(one: ShareTerms | null | undefined, other: ShareTerms | null | undefined): boolean {
  const a = one ?? EVERYTHING;
  const b = other ?? EVERYTHING;
  return a.media === b.media && a.omit.length === b.omit.length && a.omit.every((name, at) => name === b.omit[at]);
}

/** As the trail tells them; nothing when everything was shared. */
export function auditedTerms(terms: ShareTerms | null | undefined): Record<string, string | boolean> {
  if (!terms) return {};
  return { ...(terms.omit.length > 0 && { omitted: terms.omit.join(", ") }), media: terms.media };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";

// Whatever bundles this, it is run from the root of the repository.
const folder = join(/* turbopackIgnore: true */ process.cwd(), "domain", "reports", "fonts");

/** Which font has the signs of which script; everything else is in Noto Sans. */
const SCRIPTS: [string, RegExp][] = [
  ["Arabic", /\p{Script=Arabic}|[\u060c\u061b\u061f\u0640\ufd3e\ufd3f]/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  [
    "CJK",
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u,
  ],
  ["Thai", /\p{Script=Thai}/u],
  ["Devanagari", /\p{Script=Devanagari}|[\u0964\u0965]/u],
  ["Georgian", /\p{Script=Georgian}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Ethiopic", /\p{Script=Ethiopic}/u],
  ["Bengali", /\p{Script=Bengali}/u],
  ["Tamil", /\p{Script=Tamil}/u],
  ["Telugu", /\p{Script=Telugu}/u],
  ["Kannada", /\p{Script=Kannada}/u],
  ["Malayalam", /\p{Script=Malayalam}/u],
  ["Gujarati", /\p{Script=Gujarati}/u],
  ["Gurmukhi", /\p{Script=Gurmukhi}/u],
  ["Sinhala", /\p{Script=Sinhala}/u],
  ["Khmer", /\p{Script=Khmer}/u],
  ["Lao", /\p{Script=Lao}/u],
  ["Myanmar", /\p{Script=Myanmar}/u],
];

export type Weight = "regular" | "bold";

/** What joins or marks the sign before it stays in that sign's font. */
const FOLLOWS = /[\p{Script=Inherited}\u200c\u200d]/u;

/** The name of the font that sets this sign; null for one that goes with the sign before it. */
export function fontOf(sign: string, weight: Weight): string | null {
  if (FOLLOWS.test(sign)) return null;
  if (sign < "\u0530") return latin(weight);
  const script = SCRIPTS.find(([, matches]) => matches.test(sign))?.[0];
  return script ? `NotoSans${script}-Regular` : latin(weight);
}

const latin = (weight: Weight) => (weight === "bold" ? "NotoSans-Bold" : "NotoSans-Regular");

export const FONT_NAMES = [
  "NotoSans-Regular",
  "NotoSans-Bold",
  ...SCRIPTS.map(([script]) => `NotoSans${script}-Regular`),
];

const read = new Map<string, Buffer>();

/** A font's file, read once. */
export function fontFile(name: string): Buffer {
  let bytes = read.get(name);
  if (!bytes) {
    bytes = readFileSync(join(/* turbopackIgnore: true */ folder, `${name}.${name.includes("CJK") ? "otf" : "ttf"}`));
    read.set(name, bytes);
  }
  return bytes;
}

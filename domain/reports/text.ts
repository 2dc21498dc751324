import bidiFactory from "bidi-js";
import { fontOf, type Weight } from "./fonts";

const bidi = bidiFactory();

/** Signs of one font and one direction, in the order in which they stand on the line. */
export interface Run {
  text: string;
  font: string;
  /** Read from right to left. */
  isRightToLeft: boolean;
}

export type Measure = (text: string, font: string) => number;

/** Text as it can be set: composed, on one line, without control signs. */
export const settable = (text: string) =>
  text
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, "")
    .trim();

/** Breaks text into lines no wider than `width`; a word that is wider than a line is broken inside. */
export function linesOf(text: string, weight: Weight, width: number, measure: Measure): string[] {
  const widthOf = (part: string) =>
    runsInReadingOrder(part, weight).reduce((sum, run) => sum + measure(run.text, run.font), 0);
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const end = () => {
    if (line.trim()) lines.push(line.trimEnd());
    line = "";
    used = 0;
  };
  for (const piece of piecesOf(text)) {
    // Piece by piece, so that a word is measured once however often it occurs; the space at the end may stand out.
    const wide = widthOf(piece);
    if (used + widthOf(piece.trimEnd()) <= width) {
      line += piece;
      used += wide;
      continue;
    }
    end();
    let rest = piece.trimStart();
    while (widthOf(rest.trimEnd()) > width) {
      let fits = "";
      let filled = 0;
      for (const sign of rest) {
        const next = widthOf(sign);
        if (fits && filled + next > width) break;
        fits += sign;
        filled += next;
      }
      if (fits === rest) break;
      lines.push(fits);
      rest = rest.slice(fits.length);
    }
    line = rest;
    used = widthOf(rest);
  }
  end();
  return lines.length > 0 ? lines : [""];
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Where a line may end: after a space, after a few joiners of long ids and links, and around ideographs. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const sign of text) {
    if (WIDE.test(sign) && piece) {
      pieces.push(piece);
      piece = "";
    }
    piece += sign;
    if (WIDE.test(sign) || sign === " " || "-/,;&?".includes(sign)) {
      pieces.push(piece);
      piece = "";
    }
  }
  if (piece) pieces.push(piece);
  return pieces;
}

interface Sign {
  text: string;
  level: number;
  font: string;
}

function signsOf(text: string, weight: Weight): Sign[] {
  const { levels } = bidi.getEmbeddingLevels(text, "ltr");
  const signs: Sign[] = [];
  let at = 0;
  for (const text_ of text) {
    const level = levels[at] ?? 0;
    const previous = signs.at(-1);
    const font = fontOf(text_, weight) ?? previous?.font ?? fontOf("a", weight)!;
    const mirrored = level % 2 === 1 ? bidi.getMirroredCharacter(text_) : null;
    signs.push({ text: mirrored ?? text_, level, font });
    at += text_.length;
  }
  return signs;
}

function runsInReadingOrder(text: string, weight: Weight): (Run & { level: number })[] {
  const runs: (Run & { level: number })[] = [];
  for (const sign of signsOf(text, weight)) {
    const last = runs.at(-1);
    if (last && last.level === sign.level && last.font === sign.font) last.text += sign.text;
    else runs.push({ text: sign.text, font: sign.font, level: sign.level, isRightToLeft: sign.level % 2 === 1 });
  }
  return runs;
}

const RIGHT_TO_LEFT_SCRIPT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** The runs of one line from left to right (Unicode bidirectional algorithm, rule L2). */
export function visualRuns(line: string, weight: Weight): Run[] {
  const runs = runsInReadingOrder(line, weight);
  const highest = Math.max(0, ...runs.map((run) => run.level));
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < runs.length; from++) {
      if (runs[from]!.level < level) continue;
      let to = from;
      while (to < runs.length && runs[to]!.level >= level) to++;
      runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = to;
    }
  }
  return runs.map(({ text, font, isRightToLeft }) => ({
    // The shaper turns letters of a right-to-left script by itself; signs between them it does not.
    text: isRightToLeft && !RIGHT_TO_LEFT_SCRIPT.test(text) ? [...text].reverse().join("") : text,
    font,
    isRightToLeft,
  }));
}

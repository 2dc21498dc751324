const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const xml = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign]!);

export const isArabic = (text: string) => /\p{Script=Arabic}/u.test(text);

const narrow = new Set("iIlj.,:;'’|!()[] ft-");
const wide = new Set("mwMWÆŒ@%ШЩЖЮФМш щжюмф");

/** The width of a text in ems, a little on the safe side: nothing here measures glyphs. */
function ems(text: string) {
  let sum = 0;
  for (const sign of text) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(sign)) sum += 1;
    else if (/\p{Script=Arabic}/u.test(sign)) sum += 0.5;
    else if (narrow.has(sign)) sum += 0.33;
    else if (wide.has(sign)) sum += 0.93;
    else if (/\p{Lu}/u.test(sign)) sum += 0.68;
    else sum += 0.57;
  }
  return sum;
}

export interface TextStyle {
  size: number;
  fill?: string;
  bold?: boolean;
  mono?: boolean;
  anchor?: "start" | "middle" | "end";
  /** Shrinks the text until it fits. */
  maxWidth?: number;
  spacing?: number;
  opacity?: number;
}

export function text(x: number, y: number, content: string, style: TextStyle) {
  const factor = (style.bold ? 1.06 : 1) + (style.spacing ?? 0) / style.size;
  const natural = (style.mono ? content.length * 0.6 : ems(content)) * factor * style.size;
  const size = style.maxWidth && natural > style.maxWidth ? (style.size * style.maxWidth) / natural : style.size;
  // Naming the Arabic font keeps a text in one run; falling back glyph by glyph loses words. There is no bold Han.
  const family = isArabic(content) ? "Noto Sans Arabic" : style.mono ? "Noto Sans Mono" : "Noto Sans";
  const bold = style.bold && !/\p{Script=Han}/u.test(content);
  const attributes = [
    `font-family="${family}"`,
    `font-size="${size.toFixed(1)}"`,
    `fill="${style.fill ?? "#1b1f27"}"`,
    bold ? `font-weight="700"` : "",
    style.anchor ? `text-anchor="${style.anchor}"` : "",
    style.spacing ? `letter-spacing="${style.spacing}"` : "",
    style.opacity ? `fill-opacity="${style.opacity}"` : "",
  ];
  return `<text x="${x}" y="${y}" ${attributes.filter(Boolean).join(" ")}>${xml(content)}</text>`;
}

/** Breaks at commas or spaces into at most `lines` lines of about `limit` ems. */
export function wrap(content: string, limit: number, lines = 2): string[] {
  if (ems(content) <= limit) return [content];
  const words = content.split(" ");
  if (words.length === 1) return [content];
  const result: string[] = [];
  let line = "";
  for (const word of words) {
    if (line && ems(`${line} ${word}`) > limit && result.length < lines - 1) {
      result.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...result, line];
}

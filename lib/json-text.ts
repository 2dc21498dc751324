/** Far deeper than anything in the contract, and far from what walking it would cost the stack. */
export const MAX_NESTING = 100;

export class JsonRefused extends Error {}

/**
 * Parses JSON of which nothing is lost or chosen on the way: a key that occurs twice, a number that JavaScript cannot
 * hold, and text that PostgreSQL cannot store are refused by name.
 * @throws JsonRefused with the reason
 */
export function parseJsonText(text: string, options: { roundNumbers?: boolean } = {}): unknown {
  if (isNestedDeeperThan(MAX_NESTING, text)) throw new JsonRefused("nested too deeply.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new JsonRefused((error as SyntaxError).message.split("\n")[0]!.slice(0, 120));
  }
  scan(text, options.roundNumbers ?? false);
  return value;
}

/** Counts brackets outside of strings, before the parser sees them. */
function isNestedDeeperThan(levels: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > levels) return true;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** The position after the closing quote. Native search: most of a large body is base64 inside strings. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}

const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
/** With the u flag a pair is one letter, so this finds halves only. */
const LONE_SURROGATE = /\p{Cs}/u;
const SPACE = /[ \t\n\r]*/y;

/** Exactly, or as JavaScript itself would write it. */
const isKept = (literal: string, number: number) =>
  Number.isSafeInteger(number) || String(number) === literal || BigInt(number) === BigInt(literal);

/** Walks JSON that is known to be well formed. */
function scan(text: string, roundNumbers: boolean): void {
  /** One set of keys per open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      const inner = text.slice(at + 1, end - 1);
      const content = inner.includes("\\") ? (JSON.parse(text.slice(at, end)) as string) : inner;
      if (content.includes("\0")) throw new JsonRefused("U+0000 is not allowed.");
      if (LONE_SURROGATE.test(content)) throw new JsonRefused("a surrogate without its other half is not allowed.");
      SPACE.lastIndex = end;
      SPACE.test(text);
      const keys = open.at(-1);
      if (keys && text.charCodeAt(SPACE.lastIndex) === COLON) {
        if (keys.has(content)) throw new JsonRefused(`the key "${content.slice(0, 60)}" occurs twice in one object.`);
        keys.add(content);
      }
      at = end;
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      NUMBER.lastIndex = at;
      const [literal, fraction, exponent] = NUMBER.exec(text)!;
      const number = Number(literal);
      if (!Number.isFinite(number)) throw new JsonRefused(`the number ${literal.slice(0, 40)} is too large.`);
      if (!roundNumbers && !fraction && !exponent && !isKept(literal, number))
        throw new JsonRefused(`the number ${literal.slice(0, 40)} is too large to be kept exactly: send it as text.`);
      at = NUMBER.lastIndex;
    } else {
      if (code === OPEN_BRACE) open.push(new Set());
      else if (code === OPEN_BRACKET) open.push(undefined);
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) open.pop();
      at++;
    }
  }
}

/** Colleagues that one note may name; more are named in vain. */
export const MOST_MENTIONED = 20;

const MENTION = /(?<![\w.@])@([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** The e-mail addresses that a note names with an `@` before them (contract section 4.6), in the order of the text. */
export const mentionedIn = (comment: string | null | undefined): string[] =>
  [...(comment ?? "").matchAll(MENTION)].map(([, address]) => address!);

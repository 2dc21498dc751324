const TOKEN = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

/**
 * The token inside whatever was pasted: broken over lines by a mail program, in quotes, or in a whole JSON body or
 * `curl` command. Null when nothing in the text has the shape of a token.
 */
export function tidyToken(pasted: string): string | null {
  // Zero-width characters come along from chat programs and are invisible to whoever pastes.
  const joined = pasted.replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, "");
  return TOKEN.exec(joined)?.[0] ?? null;
}

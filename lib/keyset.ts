/**
 * The way back through keyset pages. A page knows only where the next one starts, so the address carries the starts of
 * the pages already turned, joined by dots; "newer" drops the last.
 */
export function keysetPage(trail: string | undefined) {
  const turned = (trail ?? "").split(".").filter(Boolean);
  return {
    after: turned.at(-1) ?? null,
    newer: turned.length > 0 ? { trail: turned.slice(0, -1).join(".") } : null,
    olderThan: (next: string) => [...turned, next].join("."),
  };
}

/** The address of a list with these filters; empty ones are left out. */
export function listHref(path: string, filters: Record<string, string | null | undefined>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The first value of each search parameter of a page; repeated ones are a mistake in the address. */
export function firstOf<K extends string>(params: Record<string, string | string[] | undefined>, names: readonly K[]) {
  return Object.fromEntries(
    names.map((name) => {
      const value = params[name];
      return [name, Array.isArray(value) ? value[0] : value];
    }),
  ) as Record<K, string | undefined>;
}

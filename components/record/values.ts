/** Records come from outside and grow: every read from one allows for an absent, null or odd field. */
export type Obj = Record<string, unknown>;

export function obj(value: unknown): Obj | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Obj) : null;
}

export function objs(value: unknown): Obj[] {
  return Array.isArray(value) ? value.map(obj).filter((item) => item !== null) : [];
}

export function text(value: unknown): string | null {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => text(item) ?? []);
}

export function num(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** `tax_number` and `TAX_NUMBER` read as "Tax number". */
export function humanise(name: string): string {
  const words = name.replace(/[_-]+/g, " ").trim();
  const lower = words === words.toUpperCase() && words.length > 3 ? words.toLowerCase() : words;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** Only addresses of the web become links. */
export function webAddress(value: unknown): string | null {
  const given = text(value);
  if (!given) return null;
  try {
    const url = new URL(/^www\./i.test(given) ? `https://${given}` : given);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

import { MEDIA_FIELDS, type MediaKind, ONLY_INSIDE } from "./media-kinds";

const STORED = /^media:[0-9a-f-]{36}$/;

export const storedReference = (blobId: string) => `media:${blobId}`;

/** The blob id behind a stored reference, or null. */
export function blobIdOf(value: unknown): string | null {
  return typeof value === "string" && STORED.test(value) ? value.slice("media:".length) : null;
}

type Replace = (value: string, kind: MediaKind, path: string) => unknown;

/** A copy in which every medium named by a decision or record is replaced. Paths read `id_verifications[0].front_image`. */
export function mapMedia<T>(root: T, replace: Replace): T {
  const walk = (value: unknown, key: string, parent: string, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, key, parent, `${path}[${index}]`));
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          walk(item, name, Array.isArray(value) ? parent : key, path ? `${path}.${name}` : name),
        ]),
      );
    }
    const kind = MEDIA_FIELDS[key];
    if (typeof value === "string" && value !== "" && kind && (!ONLY_INSIDE[key] || ONLY_INSIDE[key] === parent)) {
      return replace(value, kind, path);
    }
    return value;
  };
  return walk(root, "", "", "") as T;
}

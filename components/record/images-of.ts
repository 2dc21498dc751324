import { BLOCKS } from "@/domain/sessions/blocks";
import { MEDIA_FIELDS, ONLY_INSIDE } from "@/domain/sessions/media-kinds";
import type { RecordImage } from "./media-viewer";
import { type Obj, obj } from "./values";

/** The front of a document is looked at first, then its back. */
const side = (name: string) => (name.startsWith("front_") ? 0 : name.startsWith("back_") ? 1 : 2);

/** Every picture of a record in the order of its blocks, each once, named after its block and field. */
export function imagesOf(
  content: Obj,
  media: ReadonlyMap<string, string>,
  words: { label(name: string): string; feature(name: string): string },
): RecordImage[] {
  const found = new Map<string, RecordImage>();
  function walk(value: unknown, key: string, parent: string, feature: string, group: string) {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        walk(item, key, parent, feature, parent === "" ? `${feature}-${index}` : group);
      return;
    }
    const inner = obj(value);
    if (inner) {
      const fields = Object.entries(inner).sort(([one], [other]) => side(one) - side(other));
      for (const [name, item] of fields) walk(item, name, key, feature, group);
      return;
    }
    if (typeof value !== "string" || found.has(value) || !media.get(value)?.startsWith("image/")) return;
    if (!MEDIA_FIELDS[key] || (ONLY_INSIDE[key] && ONLY_INSIDE[key] !== parent)) return;
    found.set(value, {
      src: value,
      label: `${words.feature(feature)}: ${words.label(key)}`,
      place: { field: key, group },
    });
  }
  for (const { key, feature } of BLOCKS) walk(content[key], key, "", feature, feature);
  return [...found.values()];
}

import type { RecordImage } from "./media-viewer";

/** Where the back of this front is, or the front of this back; null for a picture that has no other side. */
export function otherSide(images: readonly RecordImage[], index: number): number | null {
  const place = images[index]?.place;
  if (!place) return null;
  const field = place.field.replace(
    /^(full_)?(front|back)_/,
    (_, full = "", side) => `${full}${side === "front" ? "back" : "front"}_`,
  );
  if (field === place.field) return null;
  const at = images.findIndex((other) => other.place?.group === place.group && other.place.field === field);
  return at < 0 ? null : at;
}

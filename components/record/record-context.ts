import type { LinkedSession } from "@/domain/sessions/decision-view";
import { type Obj, text } from "./values";

export type Medium = { src: string; contentType: string };

/** What blocks need to know besides their own data. */
export interface RecordContext {
  /** Content type by link; a link that is not of this record is not shown. */
  media: ReadonlyMap<string, string>;
  children: readonly LinkedSession[];
}

export type BlockProps = { block: Obj; context: RecordContext };

export function mediumOf(context: RecordContext, value: unknown): Medium | null {
  const src = text(value);
  const contentType = src && context.media.get(src);
  return src && contentType ? { src, contentType } : null;
}

"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { MediaDialog } from "./media-dialog";

export type RecordImage = {
  src: string;
  label: string;
  /** The contract's name of the field that it stands in, and the block that it belongs to: one feature, one run. */
  place?: { field: string; group: string };
};

type Viewer = { labelOf(src: string): string | undefined; open(src: string): void };

const ViewerContext = createContext<Viewer | null>(null);

/** One viewer for all pictures of a record: from any of them the others are one key away. */
export function MediaViewer({ images, children }: { images: readonly RecordImage[]; children: ReactNode }) {
  const [index, setIndex] = useState<number | null>(null);
  const open = useCallback(
    (src: string) => {
      const at = images.findIndex((image) => image.src === src);
      if (at >= 0) setIndex(at);
    },
    [images],
  );
  const viewer = useMemo<Viewer>(
    () => ({ open, labelOf: (src) => images.find((image) => image.src === src)?.label }),
    [images, open],
  );
  return (
    <ViewerContext.Provider value={viewer}>
      {children}
      {index !== null && images[index] && (
        <MediaDialog images={images} index={index} onIndexChange={setIndex} onClose={() => setIndex(null)} />
      )}
    </ViewerContext.Provider>
  );
}

export function useMediaViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("A picture of a record needs a MediaViewer around it.");
  return viewer;
}

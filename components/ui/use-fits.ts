"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * Whether a frame is at least `width` pixels wide. A box that scrolls sideways cannot have a header that sticks to
 * the page, so the table scrolls only where it has to.
 */
export function useFits(frame: RefObject<HTMLElement | null>, width: number) {
  // The server cannot know; until measured it scrolls in its frame, so that the page itself never does.
  const [fits, setFits] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setFits(element.clientWidth >= width);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, width]);
  return fits;
}

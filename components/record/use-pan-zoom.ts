"use client";

import { type KeyboardEvent, type PointerEvent as ReactPointerEvent, useCallback, useRef, useState } from "react";

const MIN = 1;
const MAX = 8;
const DARKEST = 50;
const LIGHTEST = 200;
const START = { scale: 1, x: 0, y: 0, rotation: 0, brightness: 100, contrast: 100 };
export type View = typeof START;

const ZOOM_STEP = 1.4;
const PAN_STEP = 80;
const LIGHT_STEP = 10;

const clamp = (scale: number) => Math.min(MAX, Math.max(MIN, scale));

/**
 * Zoom, pan, rotation and light of one picture, or of several that move as one: by wheel and drag, by keys, and by calls
 * for buttons. `wheel` says when the wheel belongs to the picture: inside a page it scrolls the page otherwise.
 */
export function usePanZoom(wheel: "always" | "focused" = "always") {
  const [view, setView] = useState<View>(START);
  const drag = useRef<{ id: number; x: number; y: number } | null>(null);

  const zoomBy = useCallback((factor: number) => {
    setView((old) => {
      const scale = clamp(old.scale * factor);
      const kept = scale === 1 ? 0 : scale / old.scale;
      return { ...old, scale, x: old.x * kept, y: old.y * kept };
    });
  }, []);
  const panBy = useCallback((x: number, y: number) => {
    setView((old) => (old.scale === 1 ? old : { ...old, x: old.x + x, y: old.y + y }));
  }, []);
  const rotate = useCallback(() => setView((old) => ({ ...old, rotation: (old.rotation + 90) % 360, x: 0, y: 0 })), []);
  const adjust = useCallback((what: "brightness" | "contrast", by: number) => {
    setView((old) => ({ ...old, [what]: Math.min(LIGHTEST, Math.max(DARKEST, old[what] + by)) }));
  }, []);
  const reset = useCallback(() => setView(START), []);

  // React listens to the wheel passively, and a passive listener cannot keep the page from scrolling.
  const stage = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      const onWheel = (event: WheelEvent) => {
        if (wheel === "focused" && !element.contains(document.activeElement)) return;
        event.preventDefault();
        zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
      };
      element.addEventListener("wheel", onWheel, { passive: false });
      return () => element.removeEventListener("wheel", onWheel);
    },
    [wheel, zoomBy],
  );

  const pointer = {
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0 || view.scale === 1) return;
      drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLElement>) => {
      const from = drag.current;
      if (from?.id !== event.pointerId) return;
      panBy(event.clientX - from.x, event.clientY - from.y);
      drag.current = { ...from, x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
  };

  const zoomed = view.scale > 1;

  /** What a key does; arrows move a picture that is zoomed in, else they change it if there is a way. True when it was one. */
  function onKey(
    event: KeyboardEvent,
    more: { previous?: () => void; next?: () => void; flip?: () => void } = {},
  ): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const arrows: Record<string, (() => void) | undefined> = zoomed
      ? {
          ArrowLeft: () => panBy(PAN_STEP, 0),
          ArrowRight: () => panBy(-PAN_STEP, 0),
          ArrowUp: () => panBy(0, PAN_STEP),
          ArrowDown: () => panBy(0, -PAN_STEP),
        }
      : { ArrowLeft: more.previous, ArrowRight: more.next };
    const act = {
      "+": () => zoomBy(ZOOM_STEP),
      "=": () => zoomBy(ZOOM_STEP),
      "-": () => zoomBy(1 / ZOOM_STEP),
      "0": reset,
      r: rotate,
      R: rotate,
      b: () => adjust("brightness", LIGHT_STEP),
      B: () => adjust("brightness", -LIGHT_STEP),
      c: () => adjust("contrast", LIGHT_STEP),
      C: () => adjust("contrast", -LIGHT_STEP),
      f: more.flip,
      F: more.flip,
      PageUp: more.previous,
      PageDown: more.next,
      ...arrows,
    }[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  }

  return {
    view,
    stage,
    pointer,
    onKey,
    zoomIn: () => zoomBy(ZOOM_STEP),
    zoomOut: () => zoomBy(1 / ZOOM_STEP),
    move: (right: number, down: number) => panBy(-right * PAN_STEP, -down * PAN_STEP),
    brighter: () => adjust("brightness", LIGHT_STEP),
    darker: () => adjust("brightness", -LIGHT_STEP),
    contrastUp: () => adjust("contrast", LIGHT_STEP),
    contrastDown: () => adjust("contrast", -LIGHT_STEP),
    rotate,
    reset,
    zoomed,
    canZoomIn: view.scale < MAX,
    canBrighten: view.brightness < LIGHTEST,
    canDarken: view.brightness > DARKEST,
    canContrastUp: view.contrast < LIGHTEST,
    canContrastDown: view.contrast > DARKEST,
  };
}
export type PanZoom = ReturnType<typeof usePanZoom>;

"use client";

import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from "react";

const MIN = 1;
const MAX = 8;
const START = { scale: 1, x: 0, y: 0, rotation: 0 };
export type View = typeof START;

const clamp = (scale: number) => Math.min(MAX, Math.max(MIN, scale));

/** Zoom, pan and rotation of one picture: by wheel and drag, and by calls for buttons and keys. */
export function usePanZoom() {
  const [view, setView] = useState<View>(START);
  const [stage, setStage] = useState<HTMLDivElement | null>(null);
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
  const reset = useCallback(() => setView(START), []);

  // React listens to the wheel passively, and a passive listener cannot keep the page from scrolling.
  useEffect(() => {
    if (!stage) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    };
    stage.addEventListener("wheel", onWheel, { passive: false });
    return () => stage.removeEventListener("wheel", onWheel);
  }, [stage, zoomBy]);

  const pointer = {
    onPointerDown: (event: ReactPointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || view.scale === 1) return;
      drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: ReactPointerEvent<HTMLDivElement>) => {
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

  return { view, stage: setStage, pointer, zoomBy, panBy, rotate, reset, canZoomIn: view.scale < MAX };
}

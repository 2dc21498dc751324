"use client";

import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  Contrast,
  FlipHorizontal2,
  ImageOff,
  Maximize,
  Moon,
  RotateCw,
  SquareDashed,
  Sun,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { PanZoom } from "./use-pan-zoom";

/** One picture as the view says: moved, turned, brighter. Its frame is its parent's. */
export function Picture({ src, label, view }: { src: string; label: string; view: PanZoom["view"] }) {
  const t = useTranslations("record.media");
  const image = useRef<HTMLImageElement>(null);
  const [broken, setBroken] = useState(false);

  // A picture that failed before hydration has already sent its error event.
  useEffect(() => {
    setBroken(Boolean(image.current?.complete && image.current.naturalWidth === 0 && src));
  }, [src]);

  if (broken) {
    return (
      <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 px-3 text-center text-muted text-sm">
        <ImageOff aria-hidden className="size-6" />
        {t("brokenLong")}
      </p>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: a signed, short-lived link must not pass an image cache
    <img
      ref={image}
      key={src}
      src={src}
      alt={label}
      draggable={false}
      onError={() => setBroken(true)}
      data-scale={view.scale.toFixed(2)}
      data-rotation={view.rotation}
      data-offset={`${Math.round(view.x)},${Math.round(view.y)}`}
      data-light={`${view.brightness},${view.contrast}`}
      className="absolute inset-0 size-full object-contain p-2 transition-transform duration-75 motion-reduce:transition-none"
      style={{
        transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${view.rotation}deg)`,
        filter:
          view.brightness === 100 && view.contrast === 100
            ? undefined
            : `brightness(${view.brightness}%) contrast(${view.contrast}%)`,
      }}
    />
  );
}

/** Every act on a picture as a button, so that none needs a drag, a wheel or a key. */
export function PictureTools({
  controls,
  previous,
  next,
  flip,
  className,
}: {
  controls: PanZoom;
  previous?: () => void;
  next?: () => void;
  flip?: { label: string; act: () => void };
  className?: string;
}) {
  const t = useTranslations("record.media");
  const { view, zoomed } = controls;
  const tool = { size: "sm", tooltip: false } as const;
  return (
    <div
      role="toolbar"
      aria-label={t("tools")}
      className={cn("flex flex-wrap items-center justify-center gap-0.5 border-border border-t px-2 py-1.5", className)}
    >
      {(previous || next) && (
        <span className="inline-flex gap-0.5">
          <IconButton {...tool} label={t("previous")} icon={<ChevronLeft />} onClick={previous} disabled={!previous} />
          <IconButton {...tool} label={t("next")} icon={<ChevronRight />} onClick={next} disabled={!next} />
        </span>
      )}
      {flip && <IconButton {...tool} label={flip.label} icon={<FlipHorizontal2 />} onClick={flip.act} />}
      <span className="inline-flex items-center gap-0.5">
        <IconButton {...tool} label={t("zoomOut")} icon={<ZoomOut />} onClick={controls.zoomOut} disabled={!zoomed} />
        <span className="w-11 text-center text-muted text-xs tabular-nums">{Math.round(view.scale * 100)}%</span>
        <IconButton
          {...tool}
          label={t("zoomIn")}
          icon={<ZoomIn />}
          onClick={controls.zoomIn}
          disabled={!controls.canZoomIn}
        />
      </span>
      <IconButton {...tool} label={t("rotate")} icon={<RotateCw />} onClick={controls.rotate} />
      <span className="inline-flex gap-0.5">
        <IconButton
          {...tool}
          label={t("darker")}
          icon={<Moon />}
          onClick={controls.darker}
          disabled={!controls.canDarken}
        />
        <IconButton
          {...tool}
          label={t("brighter")}
          icon={<Sun />}
          onClick={controls.brighter}
          disabled={!controls.canBrighten}
        />
        <IconButton
          {...tool}
          label={t("contrastDown")}
          icon={<SquareDashed />}
          onClick={controls.contrastDown}
          disabled={!controls.canContrastDown}
        />
        <IconButton
          {...tool}
          label={t("contrastUp")}
          icon={<Contrast />}
          onClick={controls.contrastUp}
          disabled={!controls.canContrastUp}
        />
      </span>
      <span className="inline-flex gap-0.5">
        <IconButton
          {...tool}
          label={t("panLeft")}
          icon={<ArrowLeft />}
          onClick={() => controls.move(-1, 0)}
          disabled={!zoomed}
        />
        <IconButton
          {...tool}
          label={t("panUp")}
          icon={<ArrowUp />}
          onClick={() => controls.move(0, -1)}
          disabled={!zoomed}
        />
        <IconButton
          {...tool}
          label={t("panDown")}
          icon={<ArrowDown />}
          onClick={() => controls.move(0, 1)}
          disabled={!zoomed}
        />
        <IconButton
          {...tool}
          label={t("panRight")}
          icon={<ArrowRight />}
          onClick={() => controls.move(1, 0)}
          disabled={!zoomed}
        />
      </span>
      <IconButton {...tool} label={t("reset")} icon={<Maximize />} onClick={controls.reset} />
    </div>
  );
}

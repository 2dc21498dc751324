"use client";

import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  ImageOff,
  Maximize,
  RotateCw,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { cn } from "@/lib/cn";
import type { RecordImage } from "./media-viewer";
import { usePanZoom } from "./use-pan-zoom";

const STEP = 1.4;
const PAN = 80;

export function MediaDialog({
  images,
  index,
  onIndexChange,
  onClose,
}: {
  images: readonly RecordImage[];
  index: number;
  onIndexChange: (index: number) => void;
  onClose: () => void;
}) {
  const t = useTranslations("record.media");
  const { view, stage, pointer, zoomBy, panBy, rotate, reset, canZoomIn } = usePanZoom();
  const [broken, setBroken] = useState(false);
  const image = images[index];
  const zoomed = view.scale > 1;

  function go(by: number) {
    if (images.length > 1) onIndexChange((index + by + images.length) % images.length);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: every picture starts whole and upright
  useEffect(() => {
    reset();
    setBroken(false);
  }, [index]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows: Record<string, () => void> = zoomed
      ? {
          ArrowLeft: () => panBy(PAN, 0),
          ArrowRight: () => panBy(-PAN, 0),
          ArrowUp: () => panBy(0, PAN),
          ArrowDown: () => panBy(0, -PAN),
        }
      : { ArrowLeft: () => go(-1), ArrowRight: () => go(1) };
    const act = {
      "+": () => zoomBy(STEP),
      "=": () => zoomBy(STEP),
      "-": () => zoomBy(1 / STEP),
      "0": reset,
      r: rotate,
      R: rotate,
      PageUp: () => go(-1),
      PageDown: () => go(1),
      ...arrows,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  if (!image) return null;
  const percent = Math.round(view.scale * 100);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={image.label}
        description={t("position", { index: index + 1, count: images.length })}
        onKeyDown={onKeyDown}
        className="h-[calc(100dvh-2rem)] max-w-[90rem]"
      >
        <div
          ref={stage}
          {...pointer}
          className={cn(
            "relative min-h-0 flex-1 touch-none select-none overflow-hidden bg-subtle",
            zoomed && "cursor-grab active:cursor-grabbing",
          )}
        >
          {broken ? (
            <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 text-muted text-sm">
              <ImageOff aria-hidden className="size-6" />
              {t("brokenLong")}
            </p>
          ) : (
            // biome-ignore lint/performance/noImgElement: a signed, short-lived link must not pass an image cache
            <img
              key={image.src}
              src={image.src}
              alt={image.label}
              draggable={false}
              onError={() => setBroken(true)}
              data-scale={view.scale.toFixed(2)}
              data-rotation={view.rotation}
              className="absolute inset-0 size-full object-contain p-3 transition-transform duration-75"
              style={{
                transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${view.rotation}deg)`,
              }}
            />
          )}
        </div>
        <div
          role="toolbar"
          aria-label={t("tools")}
          className="flex flex-wrap items-center justify-center gap-1 border-border border-t px-3 py-2"
        >
          <IconButton
            label={t("previous")}
            icon={<ChevronLeft />}
            onClick={() => go(-1)}
            disabled={images.length < 2}
            tooltip={false}
          />
          <IconButton
            label={t("next")}
            icon={<ChevronRight />}
            onClick={() => go(1)}
            disabled={images.length < 2}
            tooltip={false}
          />
          <span aria-hidden className="mx-1 h-5 w-px bg-border" />
          <IconButton
            label={t("zoomOut")}
            icon={<ZoomOut />}
            onClick={() => zoomBy(1 / STEP)}
            disabled={!zoomed}
            tooltip={false}
          />
          <span className="w-12 text-center text-muted text-sm tabular-nums">{percent}%</span>
          <IconButton
            label={t("zoomIn")}
            icon={<ZoomIn />}
            onClick={() => zoomBy(STEP)}
            disabled={!canZoomIn}
            tooltip={false}
          />
          <IconButton label={t("rotate")} icon={<RotateCw />} onClick={rotate} tooltip={false} />
          <IconButton label={t("reset")} icon={<Maximize />} onClick={reset} tooltip={false} />
          <span aria-hidden className="mx-1 max-sm:hidden h-5 w-px bg-border" />
          <span className="inline-flex gap-1">
            <IconButton
              label={t("panLeft")}
              icon={<ArrowLeft />}
              onClick={() => panBy(PAN, 0)}
              disabled={!zoomed}
              tooltip={false}
            />
            <IconButton
              label={t("panUp")}
              icon={<ArrowUp />}
              onClick={() => panBy(0, PAN)}
              disabled={!zoomed}
              tooltip={false}
            />
            <IconButton
              label={t("panDown")}
              icon={<ArrowDown />}
              onClick={() => panBy(0, -PAN)}
              disabled={!zoomed}
              tooltip={false}
            />
            <IconButton
              label={t("panRight")}
              icon={<ArrowRight />}
              onClick={() => panBy(-PAN, 0)}
              disabled={!zoomed}
              tooltip={false}
            />
          </span>
          <span className="ml-2 hidden text-muted text-xs lg:block">{t("keys")}</span>
        </div>
        <LiveRegion>{`${image.label}, ${t("zoomLevel", { percent })}`}</LiveRegion>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { LiveRegion } from "@/components/ui/live-region";
import { cn } from "@/lib/cn";
import type { RecordImage } from "./media-viewer";
import { otherSide } from "./other-side";
import { Picture, PictureTools } from "./picture-stage";
import { usePanZoom } from "./use-pan-zoom";

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
  const controls = usePanZoom();
  const image = images[index];
  const several = images.length > 1;
  const go = (by: number) => onIndexChange((index + by + images.length) % images.length);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every picture starts whole and upright
  useEffect(() => {
    controls.reset();
  }, [index]);

  if (!image) return null;
  const other = otherSide(images, index);
  const previous = several ? () => go(-1) : undefined;
  const next = several ? () => go(1) : undefined;
  const flip = other === null ? undefined : () => onIndexChange(other);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={image.label}
        description={t("position", { index: index + 1, count: images.length })}
        onKeyDown={(event) => controls.onKey(event, { previous, next, flip })}
        className="h-[calc(100dvh-2rem)] max-w-[90rem]"
      >
        <div
          ref={controls.stage}
          {...controls.pointer}
          className={cn(
            "relative min-h-0 flex-1 touch-none select-none overflow-hidden bg-subtle",
            controls.zoomed && "cursor-grab active:cursor-grabbing",
          )}
        >
          <Picture src={image.src} label={image.label} view={controls.view} />
        </div>
        <PictureTools
          controls={controls}
          previous={previous}
          next={next}
          flip={flip && { label: t("otherSide"), act: flip }}
          className="px-3 py-2"
        />
        <p className="hidden border-border border-t px-3 py-1.5 text-center text-muted text-xs lg:block">{t("keys")}</p>
        <LiveRegion>{`${image.label}, ${t("zoomLevel", { percent: Math.round(controls.view.scale * 100) })}`}</LiveRegion>
      </DialogContent>
    </Dialog>
  );
}

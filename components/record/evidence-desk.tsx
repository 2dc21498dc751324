"use client";

import { Expand, Image as ImageIcon, UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { LiveRegion } from "@/components/ui/live-region";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { cn } from "@/lib/cn";
import { type RecordImage, useMediaViewer } from "./media-viewer";
import { otherSide } from "./other-side";
import { Picture, PictureTools } from "./picture-stage";
import { type PanZoom, usePanZoom } from "./use-pan-zoom";

export type DeskImage = RecordImage & {
  /** What was read from it, or found out about it. */
  facts: ReactNode;
};
export type Face = { src: string; label: string };

/** The pictures of a record beside its facts: one at a time with what was read from it, or the faces beside each other. */
export function EvidenceDesk({
  images,
  faces,
  faceFacts,
}: {
  images: readonly DeskImage[];
  faces: readonly Face[];
  faceFacts: ReactNode;
}) {
  const t = useTranslations("record.evidence");
  const [mode, setMode] = useState<"one" | "faces">("one");
  const comparable = faces.length > 1;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {comparable && (
        <SegmentedControl
          label={t("mode")}
          size="sm"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "one", label: t("one"), icon: <ImageIcon aria-hidden /> },
            { value: "faces", label: t("faces"), icon: <UsersRound aria-hidden /> },
          ]}
        />
      )}
      {mode === "faces" && comparable ? <Faces faces={faces} facts={faceFacts} /> : <OnePicture images={images} />}
    </div>
  );
}

const stageClasses = (zoomed: boolean) =>
  cn(
    "relative min-w-0 select-none overflow-hidden bg-subtle",
    // A finger scrolls the page until the picture is larger than its frame.
    zoomed ? "cursor-grab touch-none active:cursor-grabbing" : "touch-pan-y",
  );

function OnePicture({ images }: { images: readonly DeskImage[] }) {
  const t = useTranslations("record.evidence");
  const tMedia = useTranslations("record.media");
  const viewer = useMediaViewer();
  const controls = usePanZoom("focused");
  const [index, setIndex] = useState(0);
  const at = Math.min(index, images.length - 1);
  const image = images[at];

  // biome-ignore lint/correctness/useExhaustiveDependencies: every picture starts whole and upright
  useEffect(() => {
    controls.reset();
  }, [at]);

  if (!image) return null;
  const go = (by: number) => setIndex((at + by + images.length) % images.length);
  const several = images.length > 1;
  const previous = several ? () => go(-1) : undefined;
  const next = several ? () => go(1) : undefined;
  const other = otherSide(images, at);
  const flip = other === null ? undefined : () => setIndex(other);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the keys of the picture are heard wherever in its frame the focus is
    <div
      role="group"
      aria-label={t("viewer")}
      onKeyDown={(event) => {
        // The strip below has arrows of its own order: that of its buttons.
        if (!(event.target as HTMLElement).closest("[data-strip]")) controls.onKey(event, { previous, next, flip });
      }}
      className="min-w-0 rounded-md border border-border"
    >
      <div className="flex items-center justify-between gap-2 border-border border-b px-3 py-1">
        <p className="min-w-0 break-words font-medium text-sm">
          {image.label}
          {several && (
            <span className="ml-2 whitespace-nowrap font-normal text-muted text-xs">
              {tMedia("position", { index: at + 1, count: images.length })}
            </span>
          )}
        </p>
        <IconButton
          label={t("enlarge")}
          icon={<Expand />}
          size="sm"
          tooltip={false}
          onClick={() => viewer.open(image.src)}
        />
      </div>
      <Stage
        controls={controls}
        label={t("stage", { label: image.label })}
        className="aspect-[1.586/1] max-h-[38dvh] w-full"
      >
        <Picture src={image.src} label={image.label} view={controls.view} />
      </Stage>
      <PictureTools
        controls={controls}
        previous={previous}
        next={next}
        flip={flip && { label: tMedia("otherSide"), act: flip }}
      />
      {several && (
        <ul data-strip aria-label={t("strip")} className="flex gap-1.5 overflow-x-auto border-border border-t p-2">
          {images.map((one, place) => (
            <li key={one.src} className="shrink-0">
              <button
                type="button"
                aria-label={t("show", { label: one.label })}
                aria-current={place === at ? "true" : undefined}
                onClick={() => setIndex(place)}
                className={cn(
                  "block size-12 overflow-hidden rounded-sm border-2 bg-subtle",
                  place === at ? "border-accent-solid" : "border-border hover:border-border-strong",
                )}
              >
                {/* biome-ignore lint/performance/noImgElement: a signed, short-lived link must not pass an image cache */}
                <img src={one.src} alt="" loading="lazy" decoding="async" className="size-full object-contain" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {image.facts && <div className="border-border border-t px-3 py-2 empty:hidden">{image.facts}</div>}
      <LiveRegion>{`${image.label}, ${tMedia("zoomLevel", { percent: Math.round(controls.view.scale * 100) })}`}</LiveRegion>
    </div>
  );
}

/** They zoom, move and turn as one, so that the same feature of a face is in the same place. */
function Faces({ faces, facts }: { faces: readonly Face[]; facts: ReactNode }) {
  const t = useTranslations("record.evidence");
  const controls = usePanZoom("focused");
  return (
    // biome-ignore lint/a11y/useSemanticElements: the keys of the pictures are heard wherever in their frame the focus is
    <div
      role="group"
      aria-label={t("compare")}
      onKeyDown={(event) => controls.onKey(event)}
      className="min-w-0 rounded-md border border-border"
    >
      <ul className={cn("grid gap-px bg-border", faces.length > 2 ? "grid-cols-2 sm:grid-cols-3" : "grid-cols-2")}>
        {faces.map((face) => (
          <li key={face.src} className="min-w-0 bg-surface">
            <figure>
              <Stage
                controls={controls}
                label={t("stage", { label: face.label })}
                className="aspect-[3/4] max-h-[46dvh] w-full"
              >
                <Picture src={face.src} label={face.label} view={controls.view} />
              </Stage>
              <figcaption className="px-2 py-1.5 text-center text-muted text-xs">{face.label}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
      <PictureTools controls={controls} />
      <p className="border-border border-t px-3 py-1.5 text-muted text-xs">{t("linked")}</p>
      {facts && <div className="border-border border-t px-3 py-2">{facts}</div>}
    </div>
  );
}

function Stage({
  controls,
  label,
  className,
  children,
}: {
  controls: PanZoom;
  label: string;
  className: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a frame that takes keys is no form and no section
    <div
      ref={controls.stage}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what moves by keys must be reachable with them
      tabIndex={0}
      aria-label={label}
      {...controls.pointer}
      className={cn(stageClasses(controls.zoomed), "-outline-offset-2", className)}
    >
      {children}
    </div>
  );
}

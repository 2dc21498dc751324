"use client";

import { ImageOff, ZoomIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { useMediaViewer } from "./media-viewer";

const shapes = { card: "aspect-[1.586/1]", portrait: "aspect-[3/4]", wide: "aspect-[3/1]" };

/** A picture of the record, kept in a frame of fixed shape; pressing it opens the viewer. */
export function MediaThumb({
  src,
  shape = "card",
  caption,
  className,
}: {
  src: string;
  shape?: keyof typeof shapes;
  caption?: string;
  className?: string;
}) {
  const t = useTranslations("record.media");
  const viewer = useMediaViewer();
  const label = viewer.labelOf(src) ?? t("picture");
  const image = useRef<HTMLImageElement>(null);
  const [broken, setBroken] = useState(false);

  // A picture that failed before hydration has already sent its error event.
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) setBroken(true);
  }, []);

  return (
    <figure className={cn("flex min-w-0 flex-col gap-1", className)}>
      <button
        type="button"
        aria-label={t("view", { label })}
        onClick={() => viewer.open(src)}
        className={cn(
          "group relative grid w-full place-items-center overflow-hidden rounded-md border border-border bg-subtle",
          shapes[shape],
        )}
      >
        {broken ? (
          <span className="flex flex-col items-center gap-1 px-2 text-center text-muted text-xs">
            <ImageOff aria-hidden className="size-5" />
            {t("broken")}
          </span>
        ) : (
          <>
            {/* biome-ignore lint/performance/noImgElement: a signed, short-lived link must not pass an image cache */}
            <img
              ref={image}
              src={src}
              alt=""
              loading="lazy"
              decoding="async"
              onError={() => setBroken(true)}
              className="absolute inset-0 size-full object-contain"
            />
            <span
              aria-hidden
              className="absolute right-1 bottom-1 grid size-6 place-items-center rounded-sm bg-neutral-solid text-neutral-solid-fg opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
            >
              <ZoomIn className="size-3.5" />
            </span>
          </>
        )}
      </button>
      {caption && <figcaption className="break-words text-muted text-xs">{caption}</figcaption>}
    </figure>
  );
}

import { useTranslations } from "next-intl";
import { FileButton } from "./file-button";
import { MediaThumb } from "./media-thumb";
import { mediumOf, type RecordContext } from "./record-context";
import { useWords } from "./words";

/** One medium of the record, as a picture or as a document to open; nothing when it is gone. */
export function Evidence({
  value,
  name,
  context,
  shape,
  caption,
}: {
  value: unknown;
  /** The field it stands in, for its words. */
  name: string;
  context: RecordContext;
  shape?: "card" | "portrait" | "wide";
  caption?: string;
}) {
  const { label } = useWords();
  const medium = mediumOf(context, value);
  if (!medium) return null;
  const words = caption ?? label(name);
  if (medium.contentType.startsWith("image/")) return <MediaThumb src={medium.src} shape={shape} caption={words} />;
  return <FileLine src={medium.src} contentType={medium.contentType} label={words} />;
}

export function FileLine({ src, contentType, label }: { src: string; contentType: string; label: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-border bg-subtle px-3 py-2">
      <span className="min-w-0 break-words text-sm">{label}</span>
      <FileButton src={src} contentType={contentType} label={label} />
    </div>
  );
}

/** Said where a picture was and is no longer. */
export function NoMedia() {
  const t = useTranslations("record.media");
  return (
    <p className="rounded-md border border-border border-dashed px-3 py-4 text-center text-muted text-sm">
      {t("none")}
    </p>
  );
}

"use client";

import { Download, FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

/** A document of the record that is not a picture: opens in a dialog, and can be saved. */
export function FileButton({ src, contentType, label }: { src: string; contentType: string; label: string }) {
  const t = useTranslations("record.media");
  const [open, setOpen] = useState(false);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button size="sm" icon={<FileText aria-hidden />} aria-label={t("view", { label })}>
            {t("openDocument")}
          </Button>
        </DialogTrigger>
        <DialogContent title={label} size="xl" className="h-[calc(100dvh-2rem)]">
          {open && <FileFrame src={src} contentType={contentType} label={label} />}
        </DialogContent>
      </Dialog>
      <Button asChild size="sm" variant="ghost">
        <a href={src} download aria-label={t("downloadLabel", { label })}>
          <Download aria-hidden />
          {t("download")}
        </a>
      </Button>
    </span>
  );
}

/**
 * The bytes come under a policy that forbids scripts and framing, which the browser's own PDF reader does not survive.
 * They are fetched and shown as a blob of a fixed type instead: whatever they contain, they can only be that type.
 */
function FileFrame({ src, contentType, label }: { src: string; contentType: string; label: string }) {
  const t = useTranslations("record.media");
  const [address, setAddress] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt fetches anew
  useEffect(() => {
    const stop = new AbortController();
    let made: string | null = null;
    setFailed(false);
    setAddress(null);
    fetch(src, { signal: stop.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status));
        made = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: contentType }));
        setAddress(made);
      })
      .catch(() => {
        if (!stop.signal.aborted) setFailed(true);
      });
    return () => {
      stop.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [src, contentType, attempt]);

  if (failed) {
    return (
      <ErrorState title={t("broken")} description={t("brokenLong")} onRetry={() => setAttempt((count) => count + 1)} />
    );
  }
  if (!address) {
    return (
      <Loading className="min-h-0 flex-1 p-4">
        <Skeleton className="size-full" />
      </Loading>
    );
  }
  if (contentType.startsWith("video/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a recorded check has no captions
      <video controls src={address} aria-label={label} className="min-h-0 w-full flex-1 bg-subtle" />
    );
  }
  return <iframe src={address} title={label} className="min-h-0 w-full flex-1 rounded-b-xl bg-subtle" />;
}

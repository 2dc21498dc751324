"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { SecretBox } from "@/components/ui/secret-box";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { PartnerLink } from "@/domain/partners/links";
import type { Side } from "@/domain/partners/relation-rules";
import { createLinkAction, revokeLinkAction } from "./actions";
import { SideField } from "./side-field";

/** A link that pairs whoever holds it, once; and those that are still open. */
export function LinkDialog({ links }: { links: readonly PartnerLink[] }) {
  const t = useTranslations("partners.link");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const [open, setOpen] = useState(false);
  const [as, setAs] = useState<Side>("receiver");
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function run(
    what: string,
    act: () => Promise<{ ok: true; data: { id: string; url?: string } } | { ok: false; code: ErrorCode }>,
  ): Promise<void> {
    if (busy) return;
    setBusy(what);
    setFailure(null);
    const result = await act().catch(() => ({ ok: false, code: "unexpected" }) as const);
    setBusy(null);
    if (!result.ok) setFailure(result.code);
    else if (result.data.url) setUrl(result.data.url);
    else toast.success(t("revoked"));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setUrl(null);
        setFailure(null);
      }}
    >
      <DialogTrigger asChild>
        <Button icon={<Link2 aria-hidden />}>{t("open")}</Button>
      </DialogTrigger>
      <DialogContent title={t("title")} description={t("description")}>
        <DialogBody className="flex flex-col gap-4">
          {url ? (
            <SecretBox label={t("url")} secret={url} warning={t("once")} />
          ) : (
            <SideField value={as} onValueChange={setAs} />
          )}
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure)}
            </Callout>
          )}
          {!url && links.length > 0 && (
            <section className="flex flex-col gap-2">
              <h3 className="font-medium text-sm">{t("waiting")}</h3>
              <ul className="divide-y divide-border rounded-lg border border-border">
                {links.map((link) => (
                  <li key={link.id} className="flex flex-wrap items-center justify-between gap-2 px-3 py-2 text-sm">
                    <span className="min-w-0">
                      {t(`as.${link.as}`)}
                      <span className="block break-words text-muted text-xs">
                        {t("by", { name: link.createdByLabel })} · {t("expires")}{" "}
                        <RelativeTime value={link.expiresAt} />
                      </span>
                    </span>
                    <Button
                      size="sm"
                      loading={busy === link.id}
                      onClick={() => run(link.id, () => revokeLinkAction({ linkId: link.id }))}
                    >
                      {t("revoke")}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button variant={url ? "primary" : "secondary"}>{tCommon(url ? "done" : "cancel")}</Button>
          </DialogClose>
          {!url && (
            <Button
              variant="primary"
              loading={busy === "create"}
              onClick={() => run("create", () => createLinkAction({ as }))}
            >
              {t("create")}
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

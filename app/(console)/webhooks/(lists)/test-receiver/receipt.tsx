"use client";

import { ChevronRight, ShieldAlert, ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format";
import { StatusCode } from "../../badges";
import { HeaderTable } from "../../header-table";
import type { ReceiptItem } from "../../load";
import { MessageBody } from "../../message-body";

type VerdictKey = Parameters<ReturnType<typeof useTranslations<"webhooks.tester.verdict">>>[0];

/** One request as it arrived, with what the documented recipe says of it. */
export function Receipt({ receipt }: { receipt: ReceiptItem }) {
  const t = useTranslations("webhooks.tester");
  const tAttempt = useTranslations("webhooks.attempt");
  const tVerdict = useTranslations("webhooks.tester.verdict");
  const locale = useLocale();
  const panelId = useId();
  const [open, setOpen] = useState(false);
  const isVerified = receipt.verdict === "verified";
  const key = receipt.verdict as VerdictKey;
  return (
    <li className="min-w-0 rounded-lg border border-border bg-surface">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2.5 text-left text-sm hover:bg-subtle"
      >
        <ChevronRight
          aria-hidden
          className={cn("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
        />
        {receipt.type ? (
          <code className="min-w-0 break-all font-mono text-xs">{receipt.type}</code>
        ) : (
          <span className="text-muted italic">{t("noType")}</span>
        )}
        <Badge
          tone={isVerified ? "success" : "danger"}
          icon={isVerified ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
        >
          {tVerdict.has(key) ? tVerdict(key) : receipt.verdict}
        </Badge>
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <StatusCode status={receipt.answered} />
          <span className="tabular-nums">{formatBytes(receipt.byteLength, locale)}</span>
          <DateTime value={receipt.receivedAt} className="tabular-nums" />
        </span>
      </button>
      <div id={panelId} hidden={!open}>
        {open && (
          <div className="flex flex-col gap-3 border-border border-t p-3">
            <HeaderTable label={tAttempt("headers")} headers={receipt.headers} />
            <MessageBody label={tAttempt("body")} text={receipt.body} />
          </div>
        )}
      </div>
    </li>
  );
}

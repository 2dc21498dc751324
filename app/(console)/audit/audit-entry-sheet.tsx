"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTimeBoth } from "@/components/ui/relative-time";
import { Sheet, SheetBody, SheetContent, SheetFooter } from "@/components/ui/sheet";
import { DetailName, DetailValue } from "./audit-detail";
import { ActionWords, ActorWords, Subject } from "./audit-table";
import type { AuditItem } from "./load";
import { inReadingOrder } from "./words";

/** One entry whole, as it was written. */
export function AuditEntrySheet({ entry, onClose }: { entry: AuditItem | null; onClose: () => void }) {
  const t = useTranslations("audit");
  // Kept while the panel fades out.
  const last = useRef(entry);
  if (entry) last.current = entry;
  const shown = entry ?? last.current;
  return (
    <Sheet open={entry !== null} onOpenChange={(open) => !open && onClose()}>
      {shown && (
        <SheetContent title={<ActionWords action={shown.action} />} size="md">
          <SheetBody className="flex flex-col gap-6">
            <DescriptionList
              items={[
                { term: t("column.at"), value: <DateTimeBoth value={shown.at} /> },
                { term: t("column.actor"), value: <ActorWords row={shown} /> },
                { term: t("column.subject"), value: <Subject row={shown} whole /> },
                {
                  term: t("column.counterparty"),
                  value: shown.counterparty && (
                    <span className="grid">
                      <span>
                        {shown.counterparty.organisation} · {shown.counterparty.application}
                      </span>
                      <CopyText text={shown.counterparty.id} label={t("counterpartyId")} />
                    </span>
                  ),
                },
                ...inReadingOrder(shown.detail).map(([name, value]) => ({
                  key: name,
                  term: <DetailName name={name} />,
                  value: <DetailValue name={name} value={value} row={shown} />,
                })),
                {
                  term: t("requestId"),
                  value: shown.requestId && <CopyText text={shown.requestId} label={t("requestId")} />,
                },
                { term: t("ip"), value: shown.ip },
                { term: t("entryId"), value: <CopyText text={shown.id} label={t("entryId")} /> },
              ]}
            />
          </SheetBody>
          <SheetFooter>
            <Button asChild>
              <Link href={`/audit?subject=${encodeURIComponent(shown.subjectId)}`} onClick={onClose}>
                {t("sameSubject")}
              </Link>
            </Button>
          </SheetFooter>
        </SheetContent>
      )}
    </Sheet>
  );
}

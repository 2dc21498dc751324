"use client";

import { CircleCheck, CircleX, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Countdown } from "@/components/ui/countdown";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { DateTimeBoth } from "@/components/ui/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { MintSession } from "./mint-dialog";
import { csvOf, type MintedBatch, type RefusalCode } from "./minted";
import { ReceiverCard } from "./partner-field";
import { TermsText } from "./terms-text";

type Props = {
  batch: MintedBatch;
  sessions: readonly MintSession[];
  onSecured: (ids: readonly string[]) => void;
  onDone: () => void;
  /** Back to the form, when nothing was minted. */
  onBack: (() => void) | undefined;
};

/** One line per session: its token, or the sentence that says why there is none. */
export function MintedMany({ batch, sessions, onSecured, onDone, onBack }: Props) {
  const t = useTranslations("mint");
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const tokens = batch.results.filter((result) => result.ok);
  const refused = batch.results.length - tokens.length;
  const all = () => onSecured(tokens.map((result) => result.id));
  const [first] = tokens;
  const isHandedOver = first?.token === null;

  function download() {
    const csv = csvOf(batch, (id) => byId.get(id)?.number ?? null);
    // The mark at the start makes Excel read UTF-8.
    const url = URL.createObjectURL(new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "share-tokens.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    all();
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {first &&
          (isHandedOver ? (
            <Callout tone="success" announce title={t("handOff.done")}>
              {t("handOff.doneText", { organisation: batch.receiver.organisationName, count: tokens.length })}
            </Callout>
          ) : (
            <Callout tone="warning" title={t("result.onceMany")}>
              {t("result.onceManyBody")}
            </Callout>
          ))}
        {refused > 0 && (
          <Callout tone={tokens.length > 0 ? "neutral" : "danger"} announce>
            {t("result.refused", { count: refused })}
          </Callout>
        )}
        <ReceiverCard receiver={batch.receiver} />
        {first?.terms && (
          <p className="text-sm">
            <span className="text-muted">{t("result.terms")}: </span>
            <TermsText terms={first.terms} />
          </p>
        )}
        {first && (
          <div className="flex flex-wrap items-end justify-between gap-3">
            <div className="text-sm">
              <p className="text-muted">
                {t("ttl.expires")} · <Countdown until={first.expiresAt} className="tabular-nums" />
              </p>
              <DateTimeBoth value={first.expiresAt} />
            </div>
            {!isHandedOver && (
              <div className="flex flex-wrap gap-2">
                <CopyButton
                  size="md"
                  text={tokens.map((result) => `${result.sessionNumber}\t${result.token}`).join("\n")}
                  onCopied={all}
                >
                  {t("result.copyAll")}
                </CopyButton>
                <Button icon={<Download aria-hidden />} onClick={download}>
                  {t("result.csv")}
                </Button>
              </div>
            )}
          </div>
        )}
        <div className="rounded-lg border border-border">
          <Table label={t("result.table")} className="table-fixed">
            <colgroup>
              <col className="w-16 sm:w-20" />
              <col />
              <col className="w-14 sm:w-24" />
            </colgroup>
            <TableHead>
              <tr>
                <TableHeader>{t("result.number")}</TableHeader>
                <TableHeader>{t("result.outcome")}</TableHeader>
                <TableHeader>
                  <span className="sr-only">{t("result.copy")}</span>
                </TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {batch.results.map((row) => {
                const session = byId.get(row.sessionId);
                const name = session?.name ?? t("unnamed");
                return (
                  <TableRow key={row.sessionId} data-outcome={row.ok ? "minted" : "refused"}>
                    <TableCell className="text-muted tabular-nums">#{session?.number}</TableCell>
                    <TableCell>
                      <p className="break-words font-medium">{name}</p>
                      {row.ok ? (
                        <p className="flex items-center gap-1.5 text-success">
                          <CircleCheck aria-hidden className="size-3.5 shrink-0" />
                          {t("result.minted")}
                        </p>
                      ) : (
                        <p className="flex items-start gap-1.5 text-danger">
                          <CircleX aria-hidden className="mt-0.75 size-3.5 shrink-0" />
                          <Refusal code={row.code} />
                        </p>
                      )}
                    </TableCell>
                    <TableCell className="text-right">
                      {row.ok && row.token !== null && (
                        <CopyButton
                          text={row.token}
                          label={t("result.tokenOf", { number: String(row.sessionNumber) })}
                          onCopied={() => onSecured([row.id])}
                        />
                      )}
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </div>
      </DialogBody>
      <DialogFooter>
        {onBack && <Button onClick={onBack}>{t("back")}</Button>}
        <Button variant="primary" onClick={onDone}>
          {t("done")}
        </Button>
      </DialogFooter>
    </>
  );
}

const OWN_WORDS = [
  "session_not_finished",
  "shared_back",
  "nothing_shared",
  "not_found",
  "environment_mismatch",
] as const;
type OwnWords = (typeof OWN_WORDS)[number];
const hasOwnWords = (code: RefusalCode): code is OwnWords => (OWN_WORDS as readonly string[]).includes(code);

function Refusal({ code }: { code: RefusalCode }) {
  const t = useTranslations("mint.refused");
  const tError = useTranslations("errors.code");
  return (
    <span>{hasOwnWords(code) ? t(code) : tError(code as Exclude<RefusalCode, "shared_back" | "nothing_shared">)}</span>
  );
}

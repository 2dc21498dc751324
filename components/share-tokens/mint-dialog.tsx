"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { SessionKind } from "@/domain/sessions/rules";
import { MintForm } from "./mint-form";
import type { MintContext, MintedBatch } from "./minted";
import { MintedMany } from "./minted-many";
import { MintedOne } from "./minted-one";

/** What the dialog says about a session; the server decides by its own row. */
export type MintSession = {
  id: string;
  number: number;
  kind: SessionKind;
  /** Person or company; null while it is not known. */
  name: string | null;
  status: string;
  /** Its blocks, by their names in `features[]`. */
  features: readonly string[];
};

export type MintDialogProps = {
  sessions: readonly MintSession[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** After at least one token was made, while the dialog still shows it. */
  onMinted?: () => void;
};

/**
 * Shares one or many sessions with one partner: who, for how long, and then the tokens, this once. Needs the messages
 * of `mint` (`<ClientMessages only={["mint"]}>`).
 */
export function MintDialog({ sessions, open, onOpenChange, onMinted }: MintDialogProps) {
  const t = useTranslations("mint");
  const [batch, setBatch] = useState<MintedBatch | null>(null);
  const [busy, setBusy] = useState(false);
  const [secured, setSecured] = useState<ReadonlySet<string>>(new Set());
  const [leaving, setLeaving] = useState(false);

  const context = useQuery({
    queryKey: ["mint-context"],
    queryFn: readContext,
    enabled: open,
    // Another application may be the current one the next time.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

  const tokens = batch?.results.filter((result) => result.ok) ?? [];
  const unsecured = tokens.filter((result) => result.token !== null && !secured.has(result.id)).length;

  useEffect(() => {
    if (unsecured === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsecured]);

  function close() {
    setBatch(null);
    setSecured(new Set());
    onOpenChange(false);
  }

  function change(next: boolean) {
    if (next) return onOpenChange(true);
    // An answer that nobody sees is a token lost.
    if (busy) return;
    if (unsecured > 0) return setLeaving(true);
    close();
  }

  const secure = (ids: readonly string[]) => setSecured((before) => new Set([...before, ...ids]));
  const [first] = sessions;
  const only = sessions.length === 1 && first ? first : null;
  const [firstResult] = batch?.results ?? [];
  const title = batch
    ? t(tokens.length === 0 ? "result.noneTitle" : "result.title", { count: tokens.length })
    : only
      ? t("titleOne", { number: String(only.number) })
      : t("titleMany", { count: sessions.length });

  return (
    <>
      <Dialog open={open} onOpenChange={change}>
        <DialogContent
          size="lg"
          title={title}
          description={batch ? undefined : t("description")}
          onInteractOutside={(event) => batch && event.preventDefault()}
        >
          {!batch ? (
            <MintForm
              sessions={sessions}
              context={context.data}
              failed={context.isError}
              onRetry={() => context.refetch()}
              onBusyChange={setBusy}
              onCancel={() => change(false)}
              onMinted={(made) => {
                setBatch(made);
                if (made.results.some((result) => result.ok)) onMinted?.();
              }}
            />
          ) : batch.results.length === 1 && firstResult?.ok ? (
            <MintedOne
              batch={batch}
              minted={firstResult}
              session={only}
              onSecured={() => secure([firstResult.id])}
              onDone={() => change(false)}
            />
          ) : (
            <MintedMany
              batch={batch}
              sessions={sessions}
              onSecured={secure}
              onDone={() => change(false)}
              onBack={tokens.length === 0 ? () => setBatch(null) : undefined}
            />
          )}
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={t("leave.title", { count: unsecured })}
        description={t("leave.description", { count: unsecured })}
        confirmLabel={t("leave.confirm")}
        cancelLabel={t("leave.stay")}
        tone="danger"
        onConfirm={close}
      />
    </>
  );
}

async function readContext({ signal }: { signal: AbortSignal }): Promise<MintContext> {
  const response = await fetch("/api/console/mint", { signal });
  if (!response.ok) throw new Error(`The partners could not be read (${response.status}).`);
  return response.json();
}

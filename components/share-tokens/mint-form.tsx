"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { FieldSet } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Ceiling } from "@/domain/agreements/ceilings";
import { ceilingOf } from "@/domain/agreements/rules";
import type { ErrorCode } from "@/domain/errors";
import { isFinished } from "@/domain/sessions/rules";
import { HAND_OFFS, type HandOff } from "@/domain/share-inbox/rules";
import {
  formatTtl,
  MAX_SESSIONS_PER_MINT,
  parseTtl,
  TTL_DEFAULT_IN_SECONDS,
  TTL_MAX_IN_SECONDS,
  TTL_MIN_IN_SECONDS,
} from "@/domain/share-tokens/rules";
import {
  EVERYTHING,
  type ShareInput,
  type ShareTerms,
  sameTerms,
  sharesSomething,
  withinCeiling,
} from "@/domain/share-tokens/terms";
import { mintShareTokensAction } from "./actions";
import type { MintSession } from "./mint-dialog";
import { MintSummary } from "./mint-summary";
import type { MintContext, MintedBatch, Receiver } from "./minted";
import { PartnerField, type PartnerProblem } from "./partner-field";
import { ShareField } from "./share-field";
import { TtlField } from "./ttl-field";

type Props = {
  sessions: readonly MintSession[];
  context: MintContext | undefined;
  failed: boolean;
  onRetry: () => void;
  onBusyChange: (busy: boolean) => void;
  onCancel: () => void;
  onMinted: (batch: MintedBatch) => void;
};

export function MintForm({ sessions, context, failed, onRetry, onBusyChange, onCancel, onMinted }: Props) {
  const t = useTranslations("mint");
  const tError = useTranslations("errors.code");
  const formId = useId();
  const [receiver, setReceiver] = useState<Receiver | null>(null);
  const [ttlText, setTtlText] = useState("1h");
  const [share, setShare] = useState<ShareTerms>(EVERYTHING);
  const [handOff, setHandOff] = useState<HandOff>("manual");
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [refusedReceiver, setRefusedReceiver] = useState<PartnerProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  const rule = receiver && context?.rules.find((one) => one.partnerApplicationId === receiver.id);
  const ceiling: Ceiling | null = rule?.ceiling ?? null;
  const longest = ceiling?.ttlCeilingInSeconds ?? TTL_MAX_IN_SECONDS;
  const ttl = parseTtl(ttlText);
  const ttlIsGood = ttl !== null && ttl >= TTL_MIN_IN_SECONDS && ttl <= longest;
  const mostThatMay = ceilingOf(ceiling ?? undefined);
  const going = withinCeiling(share, mostThatMay) ?? EVERYTHING;
  const uncovered = ceiling
    ? [...new Set(sessions.map(({ kind }) => kind).filter((kind) => !ceiling.kinds.includes(kind)))]
    : [];
  const disagreement = rule?.required && !ceiling ? "missing" : uncovered.length > 0 ? "kind" : null;
  const shareable = sessions.filter((session) => isFinished(session.status)).length;
  const nothingLeft = sessions.some(
    (session) =>
      isFinished(session.status) &&
      !sharesSomething(
        going,
        session.features.map((feature) => ({ feature })),
      ),
  );
  const tooMany = sessions.length > MAX_SESSIONS_PER_MINT;
  const problem = refusedReceiver ?? problemOf(receiver, context) ?? (asked && !receiver ? "missing" : null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    // A second press may arrive before the first one's render: the state alone would let it through.
    if (underWay.current) return;
    setAsked(true);
    setFailure(null);
    if (!context || !receiver || problem || !ttlIsGood || shareable === 0 || tooMany || nothingLeft || disagreement)
      return;
    underWay.current = true;
    setBusy(true);
    onBusyChange(true);
    try {
      const result = await mintShareTokensAction({
        sessionIds: sessions.map((session) => session.id),
        forApplicationId: receiver.id,
        ttlInSeconds: ttl,
        handOff,
        ...(!sameTerms(going, EVERYTHING) && { share: going as ShareInput }),
      });
      if (result.ok) return onMinted(result.data);
      if (result.fields?.for_application_id) setRefusedReceiver("unknown");
      else setFailure(result.code);
    } catch {
      setFailure("unexpected");
    } finally {
      underWay.current = false;
      setBusy(false);
      onBusyChange(false);
    }
  }

  if (failed) {
    return (
      <DialogBody>
        <ErrorState onRetry={onRetry} className="py-6" />
      </DialogBody>
    );
  }

  return (
    <>
      <DialogBody>
        <form id={formId} onSubmit={submit} noValidate aria-label={t("form")} className="flex flex-col gap-6">
          <PartnerField
            context={context}
            value={receiver}
            onChange={(next) => {
              setReceiver(next);
              setRefusedReceiver(null);
              const agreed = context?.rules.find((one) => one.partnerApplicationId === next?.id)?.ceiling;
              // The lifetime is brought down to what is agreed, in sight; one typed afterwards is not touched.
              if (agreed && (parseTtl(ttlText) ?? 0) > agreed.ttlCeilingInSeconds)
                setTtlText(formatTtl(agreed.ttlCeilingInSeconds));
            }}
            problem={problem}
          />
          {disagreement && receiver && (
            <Callout
              tone="danger"
              announce
              actions={
                <Button asChild size="sm">
                  <Link href={`/partners/${receiver.id}`}>{t("agreement.open")}</Link>
                </Button>
              }
            >
              {disagreement === "missing"
                ? t("agreement.missing")
                : t("agreement.kind", { list: uncovered.map((kind) => t(`agreement.kinds.${kind}`)).join(", ") })}
            </Callout>
          )}
          <TtlField
            longest={longest}
            text={ttlText}
            onTextChange={setTtlText}
            seconds={ttlIsGood ? ttl : null}
            fallback={ttl ?? TTL_DEFAULT_IN_SECONDS}
          />
          <ShareField
            sessions={sessions}
            value={going}
            ceiling={mostThatMay}
            onChange={setShare}
            nothingLeft={nothingLeft}
          />
          <FieldSet label={t("handOff.label")}>
            <RadioGroup
              value={handOff}
              onValueChange={(next) => setHandOff(HAND_OFFS.find((one) => one === next) ?? "manual")}
              options={HAND_OFFS.map((value) => ({
                value,
                label: t(`handOff.${value}`),
                description: t(`handOff.${value}Hint`),
              }))}
            />
          </FieldSet>
          <MintSummary sessions={sessions} shareable={shareable} whole={sameTerms(going, EVERYTHING)} />
          {tooMany && (
            <Callout tone="danger" title={t("tooMany.title", { max: MAX_SESSIONS_PER_MINT })}>
              {t("tooMany.body")}
            </Callout>
          )}
          {failure && (
            <Callout tone="danger" announce title={t("failed")}>
              {failure === "not_found" || failure === "session_not_finished"
                ? t(`refused.${failure}`)
                : tError(failure)}
            </Callout>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={busy}>
          {t("cancel")}
        </Button>
        <Button
          type="submit"
          form={formId}
          variant="primary"
          loading={busy}
          disabled={shareable === 0 || tooMany || disagreement !== null}
          className="min-w-36"
        >
          {t("submit", { count: shareable })}
        </Button>
      </DialogFooter>
    </>
  );
}

function problemOf(receiver: Receiver | null, context: MintContext | undefined): PartnerProblem | null {
  if (!receiver || !context) return null;
  if (receiver.id === context.applicationId) return "own";
  return receiver.environment === context.environment ? null : "environment";
}

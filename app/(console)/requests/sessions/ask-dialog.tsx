"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import {
  isPullReason,
  PULL_REASONS,
  type PullInput,
  type PullReason,
  REFERENCE_KINDS,
  type ReferenceKind,
} from "@/domain/pull-requests/rules";
import { blocksOf } from "@/domain/sessions/blocks";
import { KINDS, type SessionKind } from "@/domain/sessions/rules";
import { requestSessionAction } from "./actions";

type Partner = { value: string; label: string };

/** Asks a partner for a session by the partner's own reference. */
export function AskDialog({ partners }: { partners: readonly Partner[] }) {
  const t = useTranslations("requests.pull.ask");
  const tPull = useTranslations("requests.pull");
  const tKind = useTranslations("statuses.kind");
  const tError = useTranslations("errors.code");
  const nameOf = useFeatureNames();
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [partner, setPartner] = useState<string | null>(null);
  const [kind, setKind] = useState<SessionKind>("user");
  const [referenceKind, setReferenceKind] = useState<ReferenceKind>("vendor_data");
  const [reference, setReference] = useState("");
  const [blocks, setBlocks] = useState<readonly string[]>([]);
  const [reason, setReason] = useState<PullReason | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const sent = useRef(false);
  const features = blocksOf(kind).map(({ feature }) => feature);
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference.trim());
  const referenceProblem =
    reference.trim() === "" ? "referenceMissing" : referenceKind === "session_id" && !isId ? "referenceNoId" : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (sent.current || !partner || !reason || referenceProblem) return;
    sent.current = true;
    setBusy(true);
    setFailure(null);
    const input: PullInput = {
      partnerApplicationId: partner,
      sessionKind: kind,
      referenceKind,
      reference,
      blocks: features.filter((feature) => blocks.includes(feature)) as NonNullable<PullInput["blocks"]>,
      reason,
    };
    const result = await requestSessionAction(input).catch(() => null);
    sent.current = false;
    setBusy(false);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(t("done"));
    setOpen(false);
    setReference("");
    setBlocks([]);
    setAsked(false);
    router.refresh();
  }

  return (
    <Dialog open={open} onOpenChange={(next) => !busy && setOpen(next)}>
      <DialogTrigger asChild>
        <Button variant="primary">{t("button")}</Button>
      </DialogTrigger>
      <DialogContent title={t("title")} description={t("description")} size="lg">
        <DialogBody>
          <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-5">
            <Field label={t("partner")} error={asked && !partner ? t("partnerMissing") : undefined}>
              <Select
                value={partner ?? ""}
                placeholder={t("partnerPlaceholder")}
                onValueChange={setPartner}
                options={partners}
              />
            </Field>
            <FieldSet label={t("kind")}>
              <RadioGroup
                value={kind}
                onValueChange={(next) => {
                  setKind(KINDS.find((one) => one === next) ?? "user");
                  setBlocks([]);
                }}
                options={KINDS.map((value) => ({ value, label: tKind(value) }))}
              />
            </FieldSet>
            <FieldSet label={t("referenceKind")}>
              <RadioGroup
                value={referenceKind}
                onValueChange={(next) => setReferenceKind(REFERENCE_KINDS.find((one) => one === next) ?? "vendor_data")}
                options={REFERENCE_KINDS.map((value) => ({ value, label: tPull(`reference.${value}`) }))}
              />
            </FieldSet>
            <Field
              label={t("reference")}
              hint={t("referenceHint")}
              error={asked && referenceProblem ? t(referenceProblem) : undefined}
            >
              <Input
                value={reference}
                maxLength={255}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setReference(event.target.value)}
              />
            </Field>
            <FieldSet label={t("blocks")} hint={t("blocksHint")}>
              <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
                {features.map((feature) => (
                  <Checkbox
                    key={feature}
                    label={nameOf(feature)}
                    checked={blocks.includes(feature)}
                    onCheckedChange={(checked) =>
                      setBlocks((before) =>
                        checked === true ? [...before, feature] : before.filter((one) => one !== feature),
                      )
                    }
                  />
                ))}
              </div>
            </FieldSet>
            <Field label={t("reason")} error={asked && !reason ? t("reasonMissing") : undefined}>
              <Select
                value={reason ?? ""}
                placeholder={t("reasonPlaceholder")}
                onValueChange={(value) => isPullReason(value) && setReason(value)}
                options={PULL_REASONS.map((value) => ({ value, label: tPull(`reason.${value}`) }))}
              />
            </Field>
            {failure && (
              <Callout tone="danger" announce title={t("failed")}>
                {failure === "conflict" ? t("conflict") : tError(failure)}
              </Callout>
            )}
          </form>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => setOpen(false)} disabled={busy}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={formId} variant="primary" loading={busy}>
            {t("send")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

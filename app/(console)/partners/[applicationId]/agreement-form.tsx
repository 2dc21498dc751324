"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { AgreementTerms, LEGAL_BASES, sectionsOf, TRANSFER_MECHANISMS } from "@/domain/agreements/rules";
import type { ErrorCode } from "@/domain/errors";
import { formatTtl, parseTtl } from "@/domain/share-tokens/rules";
import { proposeAgreementAction } from "../actions";

type TermName = keyof AgreementTerms;

/** The next version, beginning with the one before. */
export function AgreementForm({
  partnerApplicationId,
  as,
  lastVersion,
  before,
  today,
  onDone,
}: {
  partnerApplicationId: string;
  as: "issuer" | "receiver";
  lastVersion: number;
  before: AgreementTerms | null;
  today: string;
  onDone: () => void;
}) {
  const t = useTranslations("agreements");
  const tError = useTranslations("errors.code");
  const nameOf = useFeatureNames();
  const [purposes, setPurposes] = useState(before?.purposes.join("\n") ?? "");
  const [kinds, setKinds] = useState<("user" | "business")[]>(before?.kinds ?? ["user"]);
  const [sections, setSections] = useState<string[]>(before?.sections ?? sectionsOf(["user"]));
  const [media, setMedia] = useState(before?.media ?? true);
  const [onwardSharing, setOnwardSharing] = useState(before?.onwardSharing ?? false);
  const [legalBasis, setLegalBasis] = useState<string>(before?.legalBasis ?? "contract");
  const [legalBasisNote, setLegalBasisNote] = useState(before?.legalBasisNote ?? "");
  const [mechanism, setMechanism] = useState<string>(before?.transferMechanism ?? "not_needed");
  const [transferNote, setTransferNote] = useState(before?.transferNote ?? "");
  const [ttl, setTtl] = useState(formatTtl(before?.ttlCeilingInSeconds ?? 3600));
  const [retention, setRetention] = useState(String(before?.retentionInDays ?? 1825));
  const [reviewOn, setReviewOn] = useState(before?.reviewOn ?? inAYear(today));
  const [endsOn, setEndsOn] = useState(before?.endsOn ?? "");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  // Key people are persons: without sessions of persons they stay behind.
  const possible = sectionsOf(kinds).filter((one) => one !== "KYB_KEY_PEOPLE" || kinds.includes("user"));
  const parsed = AgreementTerms.safeParse({
    purposes: purposes.split("\n").filter((line) => line.trim()),
    legalBasis,
    legalBasisNote,
    kinds,
    sections: sections.filter((one) => possible.includes(one)),
    media,
    ttlCeilingInSeconds: parseTtl(ttl),
    onwardSharing,
    retentionInDays: /^\d+$/.test(retention.trim()) ? Number(retention) : null,
    transferMechanism: mechanism,
    transferNote,
    reviewOn,
    endsOn: endsOn || null,
  });
  const faults = new Set<TermName>(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0] as TermName));
  const fault = (field: TermName) => (asked && faults.has(field) ? t(`fault.${field}`) : undefined);

  function chooseKind(kind: "user" | "business", chosen: boolean) {
    const next = (["user", "business"] as const).filter((one) => (one === kind ? chosen : kinds.includes(one)));
    setKinds(next);
    // What a kind brings is agreed until it is unticked.
    if (chosen) setSections([...new Set([...sections, ...sectionsOf([kind])])]);
  }

  async function propose(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    setFailure(null);
    if (busy || !parsed.success) return;
    setBusy(true);
    const result = await proposeAgreementAction({
      partnerApplicationId,
      as,
      terms: parsed.data,
      expectedVersion: lastVersion,
    }).catch(() => null);
    setBusy(false);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(t("propose.done"));
    onDone();
  }

  return (
    <form onSubmit={propose} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="flex flex-col gap-5">
        <Field label={t("term.purposes")} hint={t("propose.purposesHint")} error={fault("purposes")} required>
          <Textarea value={purposes} onChange={(event) => setPurposes(event.target.value)} rows={3} />
        </Field>
        <FieldSet label={t("term.kinds")} error={fault("kinds")}>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {(["user", "business"] as const).map((kind) => (
              <Checkbox
                key={kind}
                label={t(`kind.${kind}`)}
                checked={kinds.includes(kind)}
                onCheckedChange={(checked) => chooseKind(kind, checked === true)}
              />
            ))}
          </div>
        </FieldSet>
        <FieldSet label={t("term.sections")} hint={t("propose.sectionsHint")} error={fault("sections")}>
          <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
            {possible.map((section) => (
              <Checkbox
                key={section}
                label={nameOf(section)}
                checked={sections.includes(section)}
                onCheckedChange={(checked) =>
                  setSections(checked === true ? [...sections, section] : sections.filter((one) => one !== section))
                }
              />
            ))}
          </div>
        </FieldSet>
        <div className="flex flex-col gap-2">
          <Checkbox
            label={t("propose.media")}
            checked={media}
            onCheckedChange={(checked) => setMedia(checked === true)}
          />
          <Checkbox
            label={t("propose.onwardSharing")}
            checked={onwardSharing}
            onCheckedChange={(checked) => setOnwardSharing(checked === true)}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            label={t("term.ttlCeilingInSeconds")}
            hint={t("propose.ttlHint")}
            error={fault("ttlCeilingInSeconds")}
            required
          >
            <Input value={ttl} maxLength={20} autoComplete="off" onChange={(event) => setTtl(event.target.value)} />
          </Field>
          <Field
            label={t("propose.retention")}
            hint={t("propose.retentionHint")}
            error={fault("retentionInDays")}
            required
          >
            <Input
              value={retention}
              inputMode="numeric"
              maxLength={6}
              autoComplete="off"
              onChange={(event) => setRetention(event.target.value)}
            />
          </Field>
          <Field label={t("term.legalBasis")}>
            <Select
              value={legalBasis}
              onValueChange={setLegalBasis}
              options={LEGAL_BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
            />
          </Field>
          <Field label={t("term.legalBasisNote")} optional error={fault("legalBasisNote")}>
            <Input value={legalBasisNote} maxLength={500} onChange={(event) => setLegalBasisNote(event.target.value)} />
          </Field>
          <Field label={t("term.transferMechanism")}>
            <Select
              value={mechanism}
              onValueChange={setMechanism}
              options={TRANSFER_MECHANISMS.map((value) => ({ value, label: t(`mechanism.${value}`) }))}
            />
          </Field>
          <Field label={t("term.transferNote")} optional={mechanism !== "other"} error={fault("transferNote")}>
            <Input value={transferNote} maxLength={500} onChange={(event) => setTransferNote(event.target.value)} />
          </Field>
          <Field label={t("term.reviewOn")} hint={t("propose.reviewHint")} error={fault("reviewOn")} required>
            <Input type="date" value={reviewOn} min={today} onChange={(event) => setReviewOn(event.target.value)} />
          </Field>
          <Field label={t("term.endsOn")} hint={t("propose.endsHint")} error={fault("endsOn")} optional>
            <Input type="date" value={endsOn} min={today} onChange={(event) => setEndsOn(event.target.value)} />
          </Field>
        </div>
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" loading={busy}>
          {t("propose.submit")}
        </Button>
      </DialogFooter>
    </form>
  );
}

const inAYear = (day: string) => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace("-02-29", "-02-28")}`;

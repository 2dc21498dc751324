"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { AgreementVersionView, AgreementView } from "@/domain/agreements/read";
import type { AgreementStep, AgreementTerms } from "@/domain/agreements/rules";
import type { ErrorCode } from "@/domain/errors";
import { closeAgreementAction, signAgreementAction } from "../actions";
import { AgreementForm } from "./agreement-form";

type Side = AgreementView["as"];
type Failure = ErrorCode | "unexpected" | null;

/** What this side may do with a version. */
export function AgreementSteps({
  partner,
  as,
  version,
  signer,
}: {
  partner: { id: string; name: string };
  as: Side;
  version: Pick<AgreementVersionView, "version" | "hash" | "text" | "steps">;
  signer: string;
}) {
  return version.steps.map((step) =>
    step === "sign" ? (
      <SignDialog key={step} partner={partner} as={as} version={version} signer={signer} />
    ) : (
      <CloseStep key={step} partner={partner} as={as} version={version.version} step={step} />
    ),
  );
}

function SignDialog({
  partner,
  as,
  version,
  signer,
}: {
  partner: { id: string; name: string };
  as: Side;
  version: Pick<AgreementVersionView, "version" | "hash" | "text">;
  signer: string;
}) {
  const t = useTranslations("agreements.sign");
  const tError = useTranslations("errors.code");
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [confirmed, setConfirmed] = useState(false);
  const [asked, setAsked] = useState(false);
  const [wrongName, setWrongName] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>(null);

  async function sign(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    setFailure(null);
    if (busy || !name.trim() || !confirmed) return;
    setBusy(true);
    const result = await signAgreementAction({
      partnerApplicationId: partner.id,
      as,
      version: version.version,
      hash: version.hash,
      name,
      confirmed: true,
    }).catch(() => null);
    setBusy(false);
    if (result?.ok) {
      setOpen(false);
      toast.success(t("done"));
    } else if (result?.fields?.name) setWrongName(true);
    else setFailure(result?.code ?? "unexpected");
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setName("");
        setConfirmed(false);
        setAsked(false);
        setWrongName(false);
        setFailure(null);
      }}
    >
      <DialogTrigger asChild>
        <Button size="sm" variant="primary">
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent size="lg" title={t("title", { version: version.version })} description={t("description")}>
        <form onSubmit={sign} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            <section
              aria-label={t("text")}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
              tabIndex={0}
              className="max-h-64 overflow-auto rounded-lg border border-border bg-subtle p-3"
            >
              <pre lang="en" className="whitespace-pre-wrap break-words font-sans text-sm leading-5">
                {version.text}
              </pre>
            </section>
            <p className="break-all text-muted text-xs">SHA-256 {version.hash}</p>
            <Checkbox
              label={t("confirm", { partner: partner.name })}
              checked={confirmed}
              aria-invalid={(asked && !confirmed) || undefined}
              onCheckedChange={(checked) => setConfirmed(checked === true)}
            />
            <Field
              label={t("name")}
              hint={t("nameHint", { name: signer })}
              error={
                wrongName ? t("wrongName", { name: signer }) : asked && !name.trim() ? t("missingName") : undefined
              }
              required
            >
              <Input
                value={name}
                autoComplete="off"
                maxLength={200}
                onChange={(event) => {
                  setName(event.target.value);
                  setWrongName(false);
                }}
              />
            </Field>
            {failure && (
              <Callout tone="danger" announce>
                {tError(failure)}
              </Callout>
            )}
          </DialogBody>
          <DialogFooter>
            <Button type="submit" variant="primary" loading={busy}>
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function CloseStep({
  partner,
  as,
  version,
  step,
}: {
  partner: { id: string; name: string };
  as: Side;
  version: number;
  step: AgreementStep;
}) {
  const t = useTranslations("agreements.close");
  const tError = useTranslations("errors.code");
  const [failure, setFailure] = useState<Failure>(null);

  async function close() {
    setFailure(null);
    const result = await closeAgreementAction({ partnerApplicationId: partner.id, as, version, step }).catch(
      () => null,
    );
    if (!result?.ok) {
      setFailure(result?.code ?? "unexpected");
      return false;
    }
    toast.success(t(`done.${step}`));
  }

  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t(`label.${step}`)}</Button>}
      tone={step === "terminate" ? "danger" : "default"}
      title={t(`title.${step}`, { version })}
      description={t(`text.${step}`, { partner: partner.name })}
      confirmLabel={t(`label.${step}`)}
      onConfirm={close}
      onOpenChange={() => setFailure(null)}
    >
      {failure && (
        <Callout tone="danger" announce>
          {tError(failure)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}

export function ProposeAgreement(props: {
  partnerApplicationId: string;
  as: Side;
  lastVersion: number;
  before: AgreementTerms | null;
  today: string;
}) {
  const t = useTranslations("agreements.propose");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{t(props.before ? "change" : "open")}</Button>
      </DialogTrigger>
      <DialogContent size="lg" title={t(props.before ? "titleChange" : "title")} description={t("description")}>
        <AgreementForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

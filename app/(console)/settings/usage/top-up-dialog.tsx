"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TOP_UP_MAX_DOLLARS, TOP_UP_MIN_DOLLARS, UNITS_PER_DOLLAR } from "@/domain/billing/rules";
import type { ErrorCode } from "@/domain/errors";
import { requestTopUpAction } from "./actions";
import { dollarsOf, money } from "./money";

export function TopUpDialog() {
  const t = useTranslations("usage.topUps");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const locale = useLocale();
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [amount, setAmount] = useState("");
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const bounds = {
    min: money(TOP_UP_MIN_DOLLARS * UNITS_PER_DOLLAR, locale),
    max: money(TOP_UP_MAX_DOLLARS * UNITS_PER_DOLLAR, locale),
  };
  const dollars = dollarsOf(amount);

  function reset(next: boolean) {
    setOpen(next);
    setAmount("");
    setTried(false);
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    setFailure(null);
    if (dollars === null || running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const result = await requestTopUpAction({ amountInDollars: dollars });
      if (result.ok) router.push(`/settings/usage/top-ups/${result.data.id}`);
      else setFailure(result.code);
    } catch {
      setFailure("unexpected");
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={reset}>
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent size="sm" title={t("dialog")} description={t("dialogText")}>
        <DialogBody>
          <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
            <Field
              label={t("amount")}
              hint={t("amountHint", bounds)}
              error={isTried && dollars === null && t("amountWrong", bounds)}
              required
            >
              <Input
                inputMode="decimal"
                autoComplete="off"
                prefix="$"
                maxLength={12}
                value={amount}
                onChange={(event) => setAmount(event.target.value)}
              />
            </Field>
            {failure && (
              <Callout tone="danger" announce>
                {tError(failure)}
              </Callout>
            )}
          </form>
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{tCommon("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" loading={busy}>
            {t("continue")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

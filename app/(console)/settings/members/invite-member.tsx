"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { ROLES, type Role } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { inviteMemberAction } from "./actions";

export function InviteMember({ isOwner, waits }: { isOwner: boolean; waits: boolean }) {
  const t = useTranslations("accounts.members");
  const tRole = useTranslations("shell.roles");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("reader");
  const [wrong, setWrong] = useState<"emailInvalid" | "already" | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  function reset(next: boolean) {
    setOpen(next);
    setEmail("");
    setRole("reader");
    setWrong(null);
    setFailure(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWrong(null);
    setFailure(null);
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) return setWrong("emailInvalid");
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const result = await inviteMemberAction({ email: email.trim(), role });
      if (result.ok) {
        toast.success(t("invite.done", { email: result.data.email }));
        reset(false);
      } else if (result.fields?.email) setWrong(result.code === "conflict" ? "already" : "emailInvalid");
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
        <Button variant="primary" icon={<UserPlus aria-hidden />}>
          {t("invite.open")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("invite.title")} description={t("invite.description")}>
        <DialogBody>
          <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
            <Field label={t("invite.email")} error={wrong ? t(`invite.${wrong}`) : undefined} required>
              <Input
                type="email"
                value={email}
                maxLength={254}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setEmail(event.target.value)}
              />
            </Field>
            <FieldSet label={t("invite.role")} hint={isOwner ? undefined : t("ownersOnly")}>
              <RadioGroup
                aria-label={t("invite.role")}
                value={role}
                onValueChange={(value) => setRole(value as Role)}
                options={ROLES.filter((one) => isOwner || one !== "owner").map((one) => ({
                  value: one,
                  label: tRole(one),
                  description: t(`roleText.${one}`),
                }))}
              />
            </FieldSet>
            {waits && <Callout tone="info">{t("invite.mailbox")}</Callout>}
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
            {t("invite.submit")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { ApplicationCard } from "@/domain/access/applications";
import type { ErrorCode } from "@/domain/errors";
import type { Side } from "@/domain/partners/relation-rules";
import { invitePartnerAction, lookUpApplicationAction } from "./actions";
import { SideField } from "./side-field";

type Found = { for: string; application: ApplicationCard };
type Problem = "missing" | "notFound" | "own" | ErrorCode | "unexpected";

/** Two steps on one form: the id is looked up and the name shown; only then can it be invited. */
export function InvitePartner({ ownApplicationId }: { ownApplicationId: string }) {
  const t = useTranslations("partners.add");
  const tError = useTranslations("errors.code");
  const [open, setOpen] = useState(false);
  const [id, setId] = useState("");
  const [as, setAs] = useState<Side>("receiver");
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const formId = useId();

  function reset(next: boolean) {
    setOpen(next);
    setId("");
    setFound(null);
    setProblem(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      setProblem(await (found ? invite(found) : lookUp()));
    } catch {
      setProblem("unexpected");
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  async function lookUp(): Promise<Problem | null> {
    const wanted = id.trim();
    if (!wanted) return "missing";
    const result = await lookUpApplicationAction({ applicationId: wanted });
    if (!result.ok) return result.code === "invalid_input" ? "notFound" : result.code;
    const application = result.data;
    if (!application) return "notFound";
    if (application.id === ownApplicationId) return "own";
    setFound({ for: wanted, application });
    return null;
  }

  async function invite({ application }: Found): Promise<Problem | null> {
    const result = await invitePartnerAction({ application: application.id, as });
    if (!result.ok) return result.fields ? "notFound" : result.code;
    toast.success(t("added", { partner: application.organisationName }));
    reset(false);
    return null;
  }

  const isAboutId = problem === "missing" || problem === "notFound" || problem === "own";
  return (
    <Dialog open={open} onOpenChange={reset}>
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("title")} description={t("description")}>
        <DialogBody>
          <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
            <Field label={t("id")} hint={t("idHint")} error={isAboutId ? t(`problem.${problem}`) : undefined} required>
              <Input
                value={id}
                maxLength={100}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                onChange={(event) => {
                  setId(event.target.value);
                  setFound(null);
                  setProblem(null);
                }}
              />
            </Field>
            {found && (
              <Callout tone="success" announce title={t("found")}>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium">{found.application.organisationName}</span>
                  <span>{found.application.name}</span>
                  <EnvironmentBadge environment={found.application.environment} />
                </span>
                <span className="mt-1 block text-muted">{t("foundText")}</span>
              </Callout>
            )}
            <SideField value={as} onValueChange={setAs} />
            {problem && !isAboutId && (
              <Callout tone="danger" announce>
                {problem === "conflict" ? t("problem.conflict") : tError(problem)}
              </Callout>
            )}
          </form>
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{t("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" loading={busy}>
            {found ? t("submit") : t("lookUp")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

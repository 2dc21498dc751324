"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SecretBox } from "@/components/ui/secret-box";
import type { Environment } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { createApplicationAction } from "./actions";

type Created = { id: string; name: string; clientId: string; key: string };

export function CreateApplication() {
  const t = useTranslations("accounts.applications");
  const tCommon = useTranslations("common");
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setCreated(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("create.open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={created ? t("create.createdTitle", { name: created.name }) : t("create.title")}
        description={created ? t("create.createdText") : t("create.description")}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => created && event.preventDefault()}
      >
        {created ? (
          <>
            <DialogBody className="flex flex-col gap-4">
              <DescriptionList
                items={[
                  { term: t("column.id"), value: <CopyText text={created.id} label={t("column.id")} /> },
                  {
                    term: t("column.clientId"),
                    value: <CopyText text={created.clientId} label={t("column.clientId")} />,
                  },
                ]}
              />
              <SecretBox label={t("create.key")} secret={created.key} warning={t("create.keyAgain")} />
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button variant="primary">{tCommon("done")}</Button>
              </DialogClose>
            </DialogFooter>
          </>
        ) : (
          <NewApplicationForm onCreated={setCreated} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function NewApplicationForm({ onCreated }: { onCreated: (created: Created) => void }) {
  const t = useTranslations("accounts.applications");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const tEnvironment = useTranslations("statuses.environment");
  const formId = useId();
  const [name, setName] = useState("");
  const [environment, setEnvironment] = useState<Environment>("sandbox");
  const [nameMissing, setNameMissing] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setNameMissing(!name.trim());
    setFailure(null);
    if (!name.trim() || running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const result = await createApplicationAction({ name: name.trim(), environment });
      if (result.ok) return onCreated(result.data);
      setFailure(result.code);
    } catch {
      setFailure("unexpected");
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t("name")} error={nameMissing && !name.trim() ? t("nameMissing") : undefined} required>
            <Input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
          <FieldSet label={t("create.environment")}>
            <RadioGroup
              appearance="cards"
              aria-label={t("create.environment")}
              className="sm:grid-cols-2"
              value={environment}
              onValueChange={(value) => setEnvironment(value as Environment)}
              options={(["sandbox", "live"] as const).map((value) => ({
                value,
                label: tEnvironment(value),
                description: tEnvironment(`${value}Hint`),
              }))}
            />
          </FieldSet>
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
          {t("create.submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

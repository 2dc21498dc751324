"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { describeApplicationAction } from "./actions";
import type { ApplicationRow } from "./applications-table";

const LINKS = ["websiteUrl", "termsUrl", "privacyUrl"] as const;

/** What an application says of itself to whoever meets it over the API. */
export function DescribeApplication({ application }: { application: ApplicationRow }) {
  const t = useTranslations("accounts.applications");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={t("edit.label", { name: application.name })}>
          {t("edit.open")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("edit.title", { name: application.name })} description={t("edit.description")}>
        <AboutForm application={application} onSaved={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AboutForm({ application, onSaved }: { application: ApplicationRow; onSaved: () => void }) {
  const t = useTranslations("accounts.applications");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const formId = useId();
  const [name, setName] = useState(application.name);
  const [about, setAbout] = useState(application.about);
  const [uris, setUris] = useState(application.about.redirectUris.join("\n"));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setWrong([]);
    setFailure(null);
    setBusy(true);
    const result = await describeApplicationAction({
      id: application.id,
      name: name.trim(),
      websiteUrl: about.websiteUrl.trim() || null,
      termsUrl: about.termsUrl.trim() || null,
      privacyUrl: about.privacyUrl.trim() || null,
      description: about.description.trim() || null,
      redirectUris: uris
        .split(/\s+/)
        .map((line) => line.trim())
        .filter(Boolean),
    }).catch(() => null);
    setBusy(false);
    if (result?.ok) {
      toast.success(t("edit.done", { name: name.trim() }));
      return onSaved();
    }
    if (result?.fields) setWrong(Object.keys(result.fields).map((field) => field.split(".")[0]!));
    else setFailure(result?.code ?? "unexpected");
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t("name")} error={wrong.includes("name") ? t("nameMissing") : undefined} required>
            <Input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t("about")} optional>
            <Textarea
              value={about.description}
              maxLength={1000}
              onChange={(event) => setAbout({ ...about, description: event.target.value })}
            />
          </Field>
          {LINKS.map((key) => (
            <Field key={key} label={t(key)} error={wrong.includes(key) ? t("urlInvalid") : undefined} optional>
              <Input
                type="url"
                value={about[key]}
                maxLength={500}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setAbout({ ...about, [key]: event.target.value })}
              />
            </Field>
          ))}
          <Field
            label={t("redirectUris")}
            hint={t("redirectUrisHint")}
            error={wrong.includes("redirectUris") ? t("urlInvalid") : undefined}
            optional
          >
            <Textarea
              value={uris}
              rows={2}
              spellCheck={false}
              className="font-mono text-xs"
              onChange={(event) => setUris(event.target.value)}
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
          {tCommon("saveChanges")}
        </Button>
      </DialogFooter>
    </>
  );
}

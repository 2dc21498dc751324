"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { SecretBox } from "@/components/ui/secret-box";
import { createDestinationAction } from "./actions";
import { DestinationForm, type DestinationValues } from "./destination-form";
import { useAct } from "./use-act";

const BLANK: DestinationValues = {
  label: "",
  url: "",
  subscribedEvents: ["status.updated", "data.updated"],
  webhookVersion: "v3",
};

export function CreateDestination() {
  const t = useTranslations("webhooks.form");
  const { run, busy, failure, forget } = useAct();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ label: string; secret: string } | null>(null);

  async function create({ label, ...values }: DestinationValues) {
    const done = await run(() => createDestinationAction({ ...values, ...(label && { label }) }));
    if (done) setCreated({ label: done.data.label, secret: done.data.secret ?? "" });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setCreated(null);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("add")}
        </Button>
      </DialogTrigger>
      <DialogContent
        size="lg"
        title={created ? t("createdTitle", { label: created.label }) : t("addTitle")}
        description={created ? t("createdText") : t("addText")}
        // A stray click must not throw away a secret that is not shown again.
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => created && event.preventDefault()}
      >
        {created ? (
          <SecretStep secret={created.secret} />
        ) : (
          <DestinationForm initial={BLANK} isNew busy={busy} failure={failure} onSubmit={create} onChange={forget} />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** The one time that a secret is shown. */
export function SecretStep({ secret }: { secret: string }) {
  const t = useTranslations("webhooks.form");
  return (
    <>
      <DialogBody>
        <SecretBox label={t("secret")} secret={secret} warning={t("secretLost")} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{t("stored")}</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { SessionKind } from "@/domain/sessions/rules";
import { useAct } from "@/lib/use-act";
import { createEntityAction } from "./actions";
import { EntityForm } from "./entity-form";
import { entityHref } from "./href";
import { BLANK, creationOf, type EntityValues } from "./values";

export function CreateEntity({ kind, applicationId }: { kind: SessionKind; applicationId: string }) {
  const t = useTranslations("entities");
  const router = useRouter();
  const { run, busy, failure, forget } = useAct(applicationId, "entities/", "lists");
  const [open, setOpen] = useState(false);

  async function create(values: EntityValues) {
    const done = await run(() => createEntityAction(creationOf(kind, values)), { leads: true });
    if (!done) return;
    setOpen(false);
    toast.success(t(`created.${kind}`));
    router.push(entityHref(kind, done.data.id));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t(`form.add.${kind}`)}
        </Button>
      </DialogTrigger>
      <DialogContent
        size="lg"
        title={t(`form.add.${kind}`)}
        description={t(`form.addText.${kind}`)}
        // A stray click must not throw away what was filled in.
        onInteractOutside={(event) => event.preventDefault()}
      >
        <EntityForm
          kind={kind}
          initial={BLANK}
          isNew
          busy={busy}
          failure={failure}
          onSubmit={create}
          onChange={forget}
        />
      </DialogContent>
    </Dialog>
  );
}

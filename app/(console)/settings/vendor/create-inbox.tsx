"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { createInboxAction } from "./actions";
import { InboxForm, type InboxValues, type InboxWorkflow } from "./inbox-form";
import { ShownSecret } from "./shown-secret";
import { useAct } from "./use-act";

const BLANK: InboxValues = { label: "", userWorkflowId: null, businessWorkflowId: null };

export function CreateInbox({ workflows }: { workflows: readonly InboxWorkflow[] }) {
  const t = useTranslations("vendor.add");
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ label: string; url: string; secret: string } | null>(null);

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setCreated(null);
        act.forget();
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={created ? t("doneTitle", { name: created.label }) : t("title")}
        description={t(created ? "doneText" : "text")}
        // A stray click must not throw away a secret that is not shown again.
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => created && event.preventDefault()}
      >
        {created ? (
          <ShownSecret url={created.url} secret={created.secret} />
        ) : (
          <InboxForm
            initial={BLANK}
            workflows={workflows}
            asksForSecret
            submitLabel={t("submit")}
            act={act}
            onSubmit={async (values) => {
              const done = await act.run(() => createInboxAction(values));
              if (done) setCreated(done.data);
            }}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

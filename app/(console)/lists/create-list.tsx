"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useAct } from "@/lib/use-act";
import { createListAction } from "./actions";
import { ListForm, type ListValues } from "./list-form";

const BLANK: ListValues = { name: "", description: "", listType: "custom", entryType: null, onMatch: "in_review" };

export function CreateList({ applicationId }: { applicationId: string }) {
  const t = useTranslations("lists");
  const router = useRouter();
  const { run, busy, failure, forget } = useAct(applicationId, "lists");
  const [open, setOpen] = useState(false);

  async function create({ entryType, onMatch, listType, ...values }: ListValues) {
    if (!entryType) return;
    const done = await run(
      () => createListAction({ ...values, entryType, listType, onMatch: listType === "allowlist" ? "none" : onMatch }),
      { leads: true },
    );
    if (!done) return;
    setOpen(false);
    toast.success(t("created", { name: values.name }));
    router.push(`/lists/${done.data.id}`);
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
          {t("form.create")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("form.create")}
        description={t("form.createText")}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <ListForm initial={BLANK} isNew busy={busy} failure={failure} onSubmit={create} onChange={forget} />
      </DialogContent>
    </Dialog>
  );
}

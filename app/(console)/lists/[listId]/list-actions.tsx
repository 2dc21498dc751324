"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useAct } from "@/lib/use-act";
import { deleteListAction, updateListAction } from "../actions";
import { ListForm, type ListValues } from "../list-form";
import type { ListItem } from "../load";
import { useListName } from "../words";

/** What can be done with a list. A system blocklist keeps its name and stays; only what a match does is chosen. */
export function ListActions({ list, applicationId }: { list: ListItem; applicationId: string }) {
  const t = useTranslations("lists");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const router = useRouter();
  const name = useListName(list);
  const { run, busy, failure, forget } = useAct(applicationId, "lists");
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const opens = (which: "edit" | "delete") => ({
    open: open === which,
    onOpenChange: (next: boolean) => {
      forget();
      setOpen(next ? which : null);
    },
  });

  async function save(values: ListValues) {
    const named = list.isSystem ? {} : { name: values.name, description: values.description };
    const done = await run(() => updateListAction({ id: list.id, ...named, onMatch: values.onMatch }));
    if (!done) return;
    setOpen(null);
    toast.success(t("saved", { name: list.isSystem ? name : values.name }));
  }

  async function remove() {
    if (!(await run(() => deleteListAction({ id: list.id }), { leads: true }))) return false;
    toast.success(t("deleted", { name }));
    router.push("/lists");
  }

  return (
    <>
      <Button icon={<Pencil aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen("edit")}>
        {tCommon("edit")}
      </Button>
      {!list.isSystem && (
        <Button icon={<Trash2 aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen("delete")}>
          {tCommon("delete")}
        </Button>
      )}
      <Dialog {...opens("edit")}>
        <DialogContent
          title={t("form.editTitle", { name })}
          description={t(list.isSystem ? "form.editSystemText" : "form.editText")}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <ListForm
            initial={{
              name: list.name,
              description: list.description ?? "",
              listType: list.listType,
              entryType: list.entryType,
              onMatch: list.onMatch,
            }}
            isNew={false}
            isSystem={list.isSystem}
            busy={busy}
            failure={failure}
            onSubmit={save}
            onChange={forget}
          />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        {...opens("delete")}
        tone="danger"
        title={t("delete.title", { name })}
        description={t("delete.text", { count: list.entries })}
        confirmLabel={t("delete.confirm")}
        onConfirm={remove}
      >
        {failure && (
          <Callout tone="danger" announce>
            {tErrors(failure.code)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}

"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { useAct } from "@/lib/use-act";
import { deleteEntryAction } from "../actions";
import type { EntryItem } from "../load";

export function RemoveEntry({
  listId,
  entry,
  applicationId,
  unblocks,
}: {
  listId: string;
  entry: EntryItem;
  applicationId: string;
  /** Whom the entry blocks, who is active again without it. */
  unblocks: "user" | "business" | null;
}) {
  const t = useTranslations("lists.remove");
  const tErrors = useTranslations("errors.code");
  const { run, failure, forget } = useAct(applicationId, "lists", "entities/");
  const [open, setOpen] = useState(false);
  const name = entry.label ?? entry.value;

  async function remove() {
    if (!(await run(() => deleteEntryAction({ listId, entryId: entry.id })))) return false;
    toast.success(t("done", { name }));
  }

  return (
    <>
      <IconButton label={t("label", { name })} icon={<Trash2 />} tooltip={false} onClick={() => setOpen(true)} />
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          forget();
          setOpen(next);
        }}
        tone="danger"
        title={t("title")}
        description={
          <>
            <bdi className="block break-all font-mono text-xs">{name}</bdi>
            <span className="mt-1 block">{t(unblocks ?? "text")}</span>
          </>
        }
        confirmLabel={t("confirm")}
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

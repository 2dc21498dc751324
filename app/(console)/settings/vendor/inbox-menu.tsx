"use client";

import { CirclePlay, CircleSlash, Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { deleteInboxAction, updateInboxAction } from "./actions";
import { InboxForm, type InboxWorkflow } from "./inbox-form";
import { RotateInboxSecret } from "./rotate-inbox-secret";
import { useAct } from "./use-act";

export interface MenuInbox {
  id: string;
  label: string;
  enabled: boolean;
  userWorkflowId: string | null;
  businessWorkflowId: string | null;
  overlaps: boolean;
}

type Open = "edit" | "rotate" | "disable" | "delete" | null;

export function InboxMenu({
  inbox,
  workflows,
  leaves = false,
}: {
  inbox: MenuInbox;
  workflows: readonly InboxWorkflow[];
  /** On the inbox's own screen: there is nothing left to show once it is deleted. */
  leaves?: boolean;
}) {
  const t = useTranslations("vendor");
  const router = useRouter();
  const act = useAct();
  const [open, setOpen] = useState<Open>(null);
  const name = inbox.label;
  const show = (which: Open) => {
    act.forget();
    setOpen(which);
  };

  async function enable(enabled: boolean) {
    const done = await act.run(() => updateInboxAction({ id: inbox.id, enabled }));
    if (!done) return false;
    toast.success(t(enabled ? "enable.done" : "disable.done", { name }));
  }
  async function remove() {
    const done = await act.run(() => deleteInboxAction({ id: inbox.id }));
    if (!done) return false;
    toast.success(t("delete.done", { name }));
    if (leaves) router.replace("/settings/vendor");
  }
  const failure = act.failure && (
    <Callout tone="danger" announce>
      {act.sentence}
    </Callout>
  );

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("menu.label", { name })} icon={<Ellipsis />} size="sm" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => show("edit")}>
            <Pencil aria-hidden />
            {t("menu.edit")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => show("rotate")}>
            <RefreshCw aria-hidden />
            {t("menu.rotate")}
          </DropdownMenuItem>
          {inbox.enabled ? (
            <DropdownMenuItem onSelect={() => show("disable")}>
              <CircleSlash aria-hidden />
              {t("menu.disable")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem onSelect={() => void enable(true)}>
              <CirclePlay aria-hidden />
              {t("menu.enable")}
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => show("delete")}>
            <Trash2 aria-hidden />
            {t("menu.delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={open === "edit"} onOpenChange={(next) => show(next ? "edit" : null)}>
        <DialogContent
          title={t("edit.title", { name })}
          description={t("edit.text")}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <InboxForm
            initial={inbox}
            workflows={workflows}
            asksForSecret={false}
            submitLabel={t("edit.submit")}
            act={act}
            onSubmit={async ({ label, userWorkflowId, businessWorkflowId }) => {
              const done = await act.run(() =>
                updateInboxAction({ id: inbox.id, label, userWorkflowId, businessWorkflowId }),
              );
              if (!done) return;
              show(null);
              toast.success(t("edit.done", { name: label }));
            }}
          />
        </DialogContent>
      </Dialog>
      {open === "rotate" && <RotateInboxSecret inbox={inbox} onClose={() => show(null)} />}
      <ConfirmDialog
        open={open === "disable"}
        onOpenChange={(next) => show(next ? "disable" : null)}
        title={t("disable.title", { name })}
        description={t("disable.text")}
        confirmLabel={t("disable.confirm")}
        onConfirm={() => enable(false)}
      >
        {failure}
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={(next) => show(next ? "delete" : null)}
        tone="danger"
        title={t("delete.title", { name })}
        description={t("delete.text")}
        confirmLabel={t("delete.confirm")}
        onConfirm={remove}
      >
        {failure}
      </ConfirmDialog>
    </>
  );
}

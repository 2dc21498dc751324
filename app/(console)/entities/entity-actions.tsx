"use client";

import { Ellipsis, Pencil, ShieldAlert, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import type { EntityStatus } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";
import { useAct } from "@/lib/use-act";
import { deleteEntityAction, setEntityStatusAction, updateEntityAction } from "./actions";
import { EntityForm } from "./entity-form";
import { entitiesHref } from "./href";
import { StatusFields } from "./status-fields";
import { changesOf, type EntityField, type EntityValues } from "./values";

export type ActedOn = {
  kind: SessionKind;
  applicationId: string;
  id: string;
  vendorData: string;
  name: string;
  status: EntityStatus;
  sessions: number;
  values: EntityValues;
  found: Partial<Record<EntityField, string | null>>;
};

type Open = "status" | "edit" | "delete" | null;

/** Everything that can be done with one user or business. */
export function EntityActions({ entity }: { entity: ActedOn }) {
  const t = useTranslations("entities");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const router = useRouter();
  const { kind, id, name } = entity;
  const { run, busy, failure, forget } = useAct(entity.applicationId, "entities/", "lists");
  const [open, setOpen] = useState<Open>(null);
  const opens = (which: NonNullable<Open>) => ({
    open: open === which,
    onOpenChange: (next: boolean) => {
      forget();
      setOpen(next ? which : null);
    },
  });

  async function save(values: EntityValues) {
    const changes = changesOf(kind, entity.values, values);
    const done = await run(() => updateEntityAction({ kind, vendorData: entity.vendorData, ...changes }));
    if (!done) return;
    setOpen(null);
    toast.success(t("saved", { name }));
  }

  async function remove() {
    if (!(await run(() => deleteEntityAction({ kind, id }), { leads: true }))) return false;
    toast.success(t("deleted", { name }));
    router.push(entitiesHref(kind));
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button icon={<ShieldAlert aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen("status")}>
        {t("status.change")}
      </Button>
      <Button icon={<Pencil aria-hidden />} aria-haspopup="dialog" onClick={() => setOpen("edit")}>
        {tCommon("edit")}
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={tCommon("moreActions")} icon={<Ellipsis />} variant="secondary" tooltip={false} />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem tone="danger" onSelect={() => setOpen("delete")}>
            <Trash2 aria-hidden />
            {tCommon("delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ChangeStatus entity={entity} {...opens("status")} />
      <Dialog {...opens("edit")}>
        <DialogContent
          size="lg"
          title={t("form.editTitle", { name })}
          description={t("form.editText")}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <EntityForm
            kind={kind}
            initial={entity.values}
            found={entity.found}
            isNew={false}
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
        description={t(`delete.text.${kind}`, { count: entity.sessions })}
        confirmLabel={t(`delete.confirm.${kind}`)}
        onConfirm={remove}
      >
        {failure && (
          <Callout tone="danger" announce>
            {tErrors(failure.code)}
          </Callout>
        )}
      </ConfirmDialog>
    </div>
  );
}

function ChangeStatus({
  entity,
  open,
  onOpenChange,
}: {
  entity: ActedOn;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("entities");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("status.title", { name: entity.name })}
        description={t("status.text")}
        onInteractOutside={(event) => event.preventDefault()}
      >
        {/* Mounted anew each time, so that it begins with how things stand. */}
        <StatusForm entity={entity} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function StatusForm({ entity, onDone }: { entity: ActedOn; onDone: () => void }) {
  const t = useTranslations("entities.status");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const tStatus = useTranslations("statuses.entity");
  const { run, busy, failure, forget } = useAct(entity.applicationId, "entities/", "lists");
  const [status, setStatus] = useState(entity.status);
  const [reason, setReason] = useState("");
  const { kind, vendorData, name } = entity;

  async function submit() {
    const done = await run(() => setEntityStatusAction({ kind, vendorData, status, reason: reason.trim() || null }));
    if (!done) return;
    toast.success(t("done", { name, status: tStatus(status) }));
    onDone();
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-5">
        <StatusFields
          kind={kind}
          status={status}
          reason={reason}
          onStatusChange={(next) => {
            setStatus(next);
            forget();
          }}
          onReasonChange={setReason}
        />
        {failure && (
          <Callout tone="danger" announce>
            {tErrors(failure.code)}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button
          variant={status === "BLOCKED" ? "danger" : "primary"}
          loading={busy}
          disabled={status === entity.status}
          onClick={submit}
        >
          {t(`confirm.${status}`)}
        </Button>
      </DialogFooter>
    </>
  );
}

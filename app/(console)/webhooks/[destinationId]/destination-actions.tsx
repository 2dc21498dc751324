"use client";

import { CirclePause, CirclePlay, Ellipsis, KeyRound, Pencil, Power, PowerOff, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { deleteDestinationAction, updateDestinationAction } from "../actions";
import type { DestinationItem } from "../items";
import { SendTest } from "../send-test";
import { useAct, useRefusal } from "../use-act";
import { EditDestination } from "./edit-destination";
import { RotateSecret } from "./rotate-secret";

type Open = "edit" | "rotate" | "disable" | "delete" | null;

/** Everything that can be done with one destination. */
export function DestinationActions({ destination }: { destination: DestinationItem }) {
  const t = useTranslations("webhooks.destination");
  const sentence = useRefusal();
  const router = useRouter();
  const { run, busy, failure, forget } = useAct();
  const [open, setOpen] = useState<Open>(null);
  const { id: destinationId, label, state } = destination;
  const opens = (which: NonNullable<Open>) => ({
    open: open === which,
    onOpenChange: (next: boolean) => {
      forget();
      setOpen(next ? which : null);
    },
  });

  async function set(
    changes: { paused?: boolean; enabled?: boolean },
    done: "paused" | "resumed" | "enabled" | "disabled",
  ) {
    if (!(await run(() => updateDestinationAction({ destinationId, ...changes })))) return false;
    toast.success(t(`done.${done}`, { label }));
  }

  async function remove() {
    if (!(await run(() => deleteDestinationAction({ destinationId })))) return false;
    toast.success(t("done.deleted", { label }));
    router.push("/webhooks");
  }

  const problem = failure && (
    <Callout tone="danger" announce>
      {sentence(failure)}
    </Callout>
  );
  return (
    <div className="flex flex-col items-end gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SendTest destination={destination} />
        {state === "disabled" ? (
          <Button
            variant="primary"
            icon={<Power aria-hidden />}
            loading={busy}
            onClick={() => set({ enabled: true }, "enabled")}
          >
            {t("enable")}
          </Button>
        ) : state === "paused" ? (
          <Button
            variant="primary"
            icon={<CirclePlay aria-hidden />}
            loading={busy}
            onClick={() => set({ paused: false }, "resumed")}
          >
            {t("resume")}
          </Button>
        ) : (
          <Button icon={<CirclePause aria-hidden />} loading={busy} onClick={() => set({ paused: true }, "paused")}>
            {t("pause")}
          </Button>
        )}
        <Button icon={<Pencil aria-hidden />} onClick={() => setOpen("edit")}>
          {t("edit")}
        </Button>
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label={t("more")} icon={<Ellipsis />} variant="secondary" tooltip={false} />
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem onSelect={() => setOpen("rotate")}>
              <KeyRound aria-hidden />
              {t("rotate")}
            </DropdownMenuItem>
            {state !== "disabled" && (
              <DropdownMenuItem onSelect={() => setOpen("disable")}>
                <PowerOff aria-hidden />
                {t("disable")}
              </DropdownMenuItem>
            )}
            <DropdownMenuSeparator />
            <DropdownMenuItem tone="danger" onSelect={() => setOpen("delete")}>
              <Trash2 aria-hidden />
              {t("delete")}
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      </div>
      {open === null && problem}
      <EditDestination destination={destination} {...opens("edit")} />
      <RotateSecret destination={destination} {...opens("rotate")} />
      <ConfirmDialog
        {...opens("disable")}
        title={t("confirmDisable.title", { label })}
        description={t("confirmDisable.text")}
        confirmLabel={t("confirmDisable.confirm")}
        onConfirm={() => set({ enabled: false }, "disabled")}
      >
        {problem}
      </ConfirmDialog>
      <ConfirmDialog
        {...opens("delete")}
        tone="danger"
        title={t("confirmDelete.title", { label })}
        description={t("confirmDelete.text", { url: destination.url })}
        confirmLabel={t("confirmDelete.confirm")}
        onConfirm={remove}
      >
        {problem}
      </ConfirmDialog>
    </div>
  );
}

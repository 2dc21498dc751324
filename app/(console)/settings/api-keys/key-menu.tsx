"use client";

import { Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
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
import type { ErrorCode } from "@/domain/errors";
import { revokeApiKeyAction, updateApiKeyAction } from "./actions";
import type { ApiKeyRow } from "./api-keys-table";
import { KeyForm, type KeyWorkflow } from "./key-form";
import { RotateApiKey } from "./rotate-api-key";

type Open = "edit" | "rotate" | "revoke" | null;

export function KeyMenu({ apiKey, workflows }: { apiKey: ApiKeyRow; workflows: readonly KeyWorkflow[] }) {
  const t = useTranslations("settings.apiKeys");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const [open, setOpen] = useState<Open>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const isLive = apiKey.state === "active";

  async function revoke() {
    setFailure(null);
    const code = await revokeApiKeyAction({ id: apiKey.id }).then(
      (result) => (result.ok ? null : result.code),
      () => "unexpected" as const,
    );
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(t("revoke.done", { name: apiKey.name }));
  }

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("actions", { name: apiKey.name })} icon={<Ellipsis />} size="sm" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {isLive && (
            <>
              <DropdownMenuItem onSelect={() => setOpen("edit")}>
                <Pencil aria-hidden />
                {t("edit.open")}
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={() => setOpen("rotate")}>
                <RefreshCw aria-hidden />
                {t("rotate.open")}
              </DropdownMenuItem>
              <DropdownMenuSeparator />
            </>
          )}
          <DropdownMenuItem tone="danger" onSelect={() => setOpen("revoke")}>
            <Trash2 aria-hidden />
            {t("revoke.open")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={open === "edit"} onOpenChange={(next) => setOpen(next ? "edit" : null)}>
        <DialogContent
          size="lg"
          title={t("edit.title", { name: apiKey.name })}
          description={t("edit.description")}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <KeyForm
            initial={apiKey.scopes}
            isPrimary={apiKey.isPrimary}
            present={
              apiKey.expiresAt
                ? t("create.keep", { date: format.dateTime(apiKey.expiresAt, { dateStyle: "medium" }) })
                : t("create.keepNever")
            }
            workflows={workflows}
            submitLabel={t("edit.submit")}
            save={({ privileges, workflowIds, statuses, media, agentWrites, ...values }) =>
              updateApiKeyAction({
                id: apiKey.id,
                ...values,
                ...(!apiKey.isPrimary && { privileges, workflowIds, statuses, media, agentWrites }),
              })
            }
            onSaved={() => {
              setOpen(null);
              toast.success(t("edit.done", { name: apiKey.name }));
            }}
          />
        </DialogContent>
      </Dialog>
      {open === "rotate" && <RotateApiKey apiKey={apiKey} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        open={open === "revoke"}
        onOpenChange={(next) => {
          setOpen(next ? "revoke" : null);
          setFailure(null);
        }}
        tone="danger"
        title={t("revoke.title", { name: apiKey.name })}
        description={t("revoke.text", { key: `${apiKey.prefix}…${apiKey.lastFour}` })}
        confirmLabel={t("revoke.confirm")}
        onConfirm={revoke}
      >
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}

"use client";

import { Archive, Ellipsis, Star, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
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
import type { ErrorCode } from "@/domain/errors";
import type { ActionResult } from "@/lib/action";
import { archiveWorkflowAction, makeDefaultAction } from "./actions";

type Code = ErrorCode | "unexpected";
const codeOf = (act: Promise<ActionResult<unknown>>): Promise<Code | null> =>
  act.then(
    (result) => (result.ok ? null : result.code),
    () => "unexpected" as const,
  );

export function WorkflowMenu({
  workflow,
}: {
  workflow: {
    id: string;
    label: string;
    isDefault: boolean;
    isPublished: boolean;
    /** Of the draft beside a published version. */
    draft: { versionId: string; version: number } | null;
  };
}) {
  const t = useTranslations("workflows.menu");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const [open, setOpen] = useState<"discard" | "archive" | null>(null);
  const [failure, setFailure] = useState<Code | null>(null);
  const { id, label, isDefault, isPublished, draft } = workflow;

  async function makeDefault() {
    const code = await codeOf(makeDefaultAction({ id }));
    if (code) toast.error(tError(code));
    else toast.success(t("defaultDone", { name: label }));
  }

  async function run(act: Promise<ActionResult<unknown>>, done: string) {
    setFailure(null);
    const code = await codeOf(act);
    if (code) {
      setFailure(code);
      return false;
    }
    toast.success(done);
  }

  async function archive() {
    const answer = await run(archiveWorkflowAction({ id }), t("archiveDone", { name: label }));
    if (answer !== false) router.push("/settings/workflows");
    return answer;
  }

  const dialog = (which: "discard" | "archive") => ({
    open: open === which,
    onOpenChange: (next: boolean) => {
      setOpen(next ? which : null);
      setFailure(null);
    },
    tone: "danger" as const,
  });
  const refusal = failure && (
    <Callout tone="danger" announce>
      {failure === "conflict" && isDefault ? t("isDefault") : tError(failure)}
    </Callout>
  );

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton variant="secondary" label={t("label", { name: label })} icon={<Ellipsis />} />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {isPublished && !isDefault && (
            <DropdownMenuItem onSelect={makeDefault}>
              <Star aria-hidden />
              {t("default")}
            </DropdownMenuItem>
          )}
          {draft && (
            <DropdownMenuItem tone="danger" onSelect={() => setOpen("discard")}>
              <Trash2 aria-hidden />
              {t("discard")}
            </DropdownMenuItem>
          )}
          {((isPublished && !isDefault) || draft) && <DropdownMenuSeparator />}
          <DropdownMenuItem tone="danger" onSelect={() => setOpen("archive")}>
            <Archive aria-hidden />
            {t("archive")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {draft && (
        <ConfirmDialog
          {...dialog("discard")}
          title={t("discardTitle", { version: String(draft.version) })}
          description={t("discardText")}
          confirmLabel={t("discard")}
          onConfirm={() => run(archiveWorkflowAction({ id: draft.versionId }), t("discardDone"))}
        >
          {refusal}
        </ConfirmDialog>
      )}
      <ConfirmDialog
        {...dialog("archive")}
        title={t("archiveTitle", { name: label })}
        description={t("archiveText")}
        confirmLabel={t("archive")}
        onConfirm={archive}
      >
        {refusal}
      </ConfirmDialog>
    </>
  );
}

"use client";

import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { SavedView } from "@/domain/cases/views";
import { useAct } from "@/lib/use-act";
import { deleteViewAction, saveViewAction } from "./actions";
import { hrefOf } from "./search-params";

type Props = {
  applicationId: string;
  views: readonly SavedView[];
  /** What the address says now. */
  query: Record<string, string>;
  mayDeleteShared: boolean;
};

/** Filters and order that somebody keeps under a name, one's own and those that colleagues share. */
export function ViewsMenu({ applicationId, views, query, mayDeleteShared }: Props) {
  const t = useTranslations("queue.views");
  const router = useRouter();
  const [asking, setAsking] = useState<"save" | "manage" | null>(null);
  const own = views.filter((view) => view.own);
  const shared = views.filter((view) => !view.own);
  const current = views.find((view) => hrefOf(view.query) === hrefOf(query));
  const item = (view: SavedView) => (
    <DropdownMenuItem key={view.id} onSelect={() => router.push(hrefOf(view.query), { scroll: false })}>
      <span className="truncate">{view.name}</span>
    </DropdownMenuItem>
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button icon={<Bookmark aria-hidden />}>
            <span className="max-w-40 truncate">{current?.name ?? t("label")}</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent className="max-w-72">
          {own.length > 0 && <DropdownMenuLabel>{t("own")}</DropdownMenuLabel>}
          {own.map(item)}
          {shared.length > 0 && <DropdownMenuLabel>{t("shared")}</DropdownMenuLabel>}
          {shared.map(item)}
          {views.length > 0 && <DropdownMenuSeparator />}
          <DropdownMenuItem onSelect={() => setAsking("save")}>{t("save")}</DropdownMenuItem>
          {views.length > 0 && <DropdownMenuItem onSelect={() => setAsking("manage")}>{t("manage")}</DropdownMenuItem>}
        </DropdownMenuContent>
      </DropdownMenu>
      {asking === "save" && (
        <SaveDialog applicationId={applicationId} views={own} query={query} onClose={() => setAsking(null)} />
      )}
      {asking === "manage" && (
        <ManageDialog
          applicationId={applicationId}
          views={views}
          mayDelete={(view) => view.own || mayDeleteShared}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function SaveDialog({
  applicationId,
  views,
  query,
  onClose,
}: {
  applicationId: string;
  views: readonly SavedView[];
  query: Record<string, string>;
  onClose: () => void;
}) {
  const t = useTranslations("queue.views");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const { run, busy, failure } = useAct(applicationId);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [checked, setChecked] = useState(false);
  const missing = checked && !name.trim();
  const replaces = views.some((view) => view.name.toLowerCase() === name.trim().toLowerCase());

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!name.trim()) return;
    if (await run(() => saveViewAction({ name, shared, query }))) {
      toast.success(t("saved", { name: name.trim() }));
      onClose();
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && !busy && onClose()}>
      <DialogContent title={t("saveTitle")} description={t("saveText")}>
        <form noValidate onSubmit={save} className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            <Field
              label={t("name")}
              required
              error={missing ? t("nameMissing") : undefined}
              hint={replaces ? t("replaces") : undefined}
            >
              <Input value={name} maxLength={60} autoComplete="off" onChange={(event) => setName(event.target.value)} />
            </Field>
            <Checkbox label={t("share")} checked={shared} onCheckedChange={(on) => setShared(on === true)} />
            {failure && (
              <Callout tone="danger" announce>
                {tError(failure.code)}
              </Callout>
            )}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={busy}>
              {tCommon("cancel")}
            </Button>
            <Button type="submit" variant="primary" loading={busy}>
              {t("saveButton")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function ManageDialog({
  applicationId,
  views,
  mayDelete,
  onClose,
}: {
  applicationId: string;
  views: readonly SavedView[];
  mayDelete: (view: SavedView) => boolean;
  onClose: () => void;
}) {
  const t = useTranslations("queue.views");
  const tError = useTranslations("errors.code");
  const { run, busy, failure } = useAct(applicationId);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("manage")}>
        <DialogBody className="flex flex-col gap-3">
          {views.length === 0 && <p className="text-muted text-sm">{t("none")}</p>}
          <ul className="flex flex-col divide-y divide-border">
            {views.map((view) => (
              <li key={view.id} className="flex items-center justify-between gap-3 py-2">
                <span className="min-w-0">
                  <span className="block truncate font-medium text-sm">{view.name}</span>
                  <span className="block truncate text-muted text-xs">
                    {view.own ? t(view.shared ? "ownShared" : "ownOnly") : t("by", { who: view.byLabel })}
                  </span>
                </span>
                {mayDelete(view) && (
                  <Button
                    size="sm"
                    disabled={busy}
                    aria-label={t("deleteOf", { name: view.name })}
                    onClick={() => run(() => deleteViewAction({ id: view.id }))}
                  >
                    {t("delete")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure.code)}
            </Callout>
          )}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Combobox } from "@/components/ui/combobox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { EntryType } from "@/domain/lists/rules";
import { countryOptions } from "@/lib/format";
import { useAct } from "@/lib/use-act";
import { FilePicker } from "../../../session/file-picker";
import { addEntryAction, addFaceAction } from "../actions";
import type { ListItem } from "../load";
import { useListName } from "../words";

export function AddEntry({ list, applicationId }: { list: ListItem; applicationId: string }) {
  const t = useTranslations("lists.add");
  const name = useListName(list);
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t("title", { list: name })}
        description={t(`effect.${list.onMatch}`)}
        onInteractOutside={(event) => event.preventDefault()}
      >
        {/* Mounted anew each time: what was typed for one entry is not meant for the next. */}
        <AddForm list={list} applicationId={applicationId} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

const INPUT_TYPE: Partial<Record<EntryType, "tel" | "email">> = { phone: "tel", email: "email" };
const PROSE: ReadonlySet<EntryType> = new Set(["name"]);

function AddForm({ list, applicationId, onDone }: { list: ListItem; applicationId: string; onDone: () => void }) {
  const t = useTranslations("lists");
  const tCommon = useTranslations("common");
  const tErrors = useTranslations("errors.code");
  const locale = useLocale();
  const formId = useId();
  const { entryType } = list;
  const { run, busy, failure, forget } = useAct(applicationId, "lists", "entities/");
  const [value, setValue] = useState("");
  const [by, setBy] = useState<"image" | "id">("image");
  const [image, setImage] = useState<File>();
  const [label, setLabel] = useState("");
  const [comment, setComment] = useState("");
  const [checked, setChecked] = useState(false);
  const byImage = entryType === "face" && by === "image";
  const missing = byImage ? !image : !value.trim();
  const isTaken = failure?.code === "conflict";
  const refused = failure?.fields && ("value" in failure.fields || "image" in failure.fields);
  const problem = isTaken
    ? t("add.taken")
    : (checked && missing) || refused
      ? t(byImage ? "add.imageProblem" : `value.${entryType}.problem`)
      : undefined;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (missing) return;
    const about = { listId: list.id, displayLabel: label.trim(), comment: comment.trim() };
    const done = await run(() => {
      if (!byImage || !image)
        return addEntryAction({
          ...about,
          value: value.trim(),
          displayLabel: about.displayLabel || null,
          comment: about.comment || null,
        });
      const given = new FormData();
      for (const [name, text] of Object.entries(about)) if (text) given.set(name, text);
      given.set("image", image);
      return addFaceAction(given);
    });
    if (!done) return;
    toast.success(t("add.done"));
    onDone();
  }

  function type(next: string) {
    setValue(next);
    forget();
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          {entryType === "face" && (
            <SegmentedControl
              label={t("add.faceBy")}
              value={by}
              onValueChange={(next) => {
                setBy(next as "image" | "id");
                setChecked(false);
                forget();
              }}
              options={[
                { value: "image", label: t("add.byImage") },
                { value: "id", label: t("add.byId") },
              ]}
            />
          )}
          {byImage ? (
            <FilePicker
              label={t("add.image")}
              accept="image/jpeg,image/png,image/webp"
              hint={t("add.imageHint")}
              error={problem}
              file={image}
              onChoose={(file) => {
                setImage(file);
                forget();
              }}
            />
          ) : (
            <Field label={t(`entryType.${entryType}`)} hint={t(`value.${entryType}.hint`)} error={problem} required>
              {entryType === "country" ? (
                <Combobox
                  value={value || null}
                  onValueChange={(code) => type(code ?? "")}
                  options={countryOptions(locale)}
                />
              ) : (
                <Input
                  type={INPUT_TYPE[entryType] ?? "text"}
                  value={value}
                  maxLength={512}
                  autoComplete="off"
                  spellCheck={false}
                  dir="auto"
                  className={PROSE.has(entryType) ? undefined : "font-mono text-xs"}
                  onChange={(event) => type(event.target.value)}
                />
              )}
            </Field>
          )}
          <Field label={t("entries.label")} hint={t("add.labelHint")} optional>
            <Input
              value={label}
              maxLength={255}
              autoComplete="off"
              dir="auto"
              onChange={(event) => setLabel(event.target.value)}
            />
          </Field>
          <Field label={t("entries.comment")} hint={t("add.commentHint")} optional>
            <Textarea
              value={comment}
              rows={2}
              maxLength={1000}
              dir="auto"
              onChange={(event) => setComment(event.target.value)}
            />
          </Field>
          {failure && !isTaken && !refused && (
            <Callout tone="danger" announce>
              {tErrors(failure.code)}
            </Callout>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          {t("add.submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

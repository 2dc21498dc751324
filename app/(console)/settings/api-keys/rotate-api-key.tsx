"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { ROTATION_OVERLAPS_IN_HOURS } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { rotateApiKeyAction } from "./actions";
import { ShownKey } from "./shown-key";

type Overlap = (typeof ROTATION_OVERLAPS_IN_HOURS)[number];

/** Opened from a key's menu; first how long both keys work, then the new key. */
export function RotateApiKey({ apiKey, onClose }: { apiKey: { id: string; name: string }; onClose: () => void }) {
  const t = useTranslations("settings.apiKeys.rotate");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const [overlap, setOverlap] = useState<Overlap>(24);
  const [rotated, setRotated] = useState<{ key: string; previousWorksUntil: Date | null } | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);

  async function rotate() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const result = await rotateApiKeyAction({ id: apiKey.id, overlapInHours: overlap }).catch(() => null);
    setBusy(false);
    if (result?.ok) setRotated(result.data);
    else setFailure(result?.code ?? "unexpected");
  }

  const description = !rotated
    ? t("description")
    : rotated.previousWorksUntil
      ? t("doneText", {
          date: format.dateTime(rotated.previousWorksUntil, { dateStyle: "medium", timeStyle: "short" }),
        })
      : t("doneNow");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(rotated ? "doneTitle" : "title", { name: apiKey.name })}
        description={description}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => rotated && event.preventDefault()}
      >
        {rotated ? (
          <ShownKey secret={rotated.key} />
        ) : (
          <>
            <DialogBody className="flex flex-col gap-4">
              <Field label={t("overlap")} hint={t("overlapHint")}>
                <Select
                  value={String(overlap)}
                  onValueChange={(value) => setOverlap(Number(value) as Overlap)}
                  options={ROTATION_OVERLAPS_IN_HOURS.map((hours) => ({
                    value: String(hours),
                    label: t("hours", { hours }),
                  }))}
                />
              </Field>
              {failure && (
                <Callout tone="danger" announce>
                  {tError(failure)}
                </Callout>
              )}
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>{tCommon("cancel")}</Button>
              </DialogClose>
              <Button variant="primary" loading={busy} onClick={rotate}>
                {t("submit")}
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

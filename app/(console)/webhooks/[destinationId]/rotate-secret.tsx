"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { FieldSet } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { updateDestinationAction } from "../actions";
import { SecretStep } from "../create-destination";
import type { DestinationItem } from "../items";
import { useAct, useRefusal } from "../use-act";

const OVERLAPS = { hour: 3_600, day: 86_400, week: 7 * 86_400, none: 0 } as const;
type Overlap = keyof typeof OVERLAPS;
const CHOICES = Object.keys(OVERLAPS) as Overlap[];

export function RotateSecret({
  destination,
  open,
  onOpenChange,
}: {
  destination: DestinationItem;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("webhooks.rotate");
  const tCommon = useTranslations("common");
  const format = useFormatter();
  const sentence = useRefusal();
  const { run, busy, failure, forget } = useAct();
  const [overlap, setOverlap] = useState<Overlap>("day");
  const [rotated, setRotated] = useState<{ secret: string; until: string | null } | null>(null);

  async function rotate() {
    const done = await run(() =>
      updateDestinationAction({
        destinationId: destination.id,
        rotateSecret: true,
        overlapInSeconds: OVERLAPS[overlap],
      }),
    );
    if (done) setRotated({ secret: done.data.secret ?? "", until: done.data.previousSecretUntil });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        forget();
        onOpenChange(next);
        if (!next) setRotated(null);
      }}
    >
      <DialogContent
        title={t(rotated ? "doneTitle" : "title", { label: destination.label })}
        description={
          rotated
            ? rotated.until
              ? t("doneText", { until: format.dateTime(new Date(rotated.until), "moment") })
              : t("doneAtOnce")
            : t("text")
        }
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => rotated && event.preventDefault()}
      >
        {rotated ? (
          <SecretStep secret={rotated.secret} />
        ) : (
          <>
            <DialogBody className="flex flex-col gap-4">
              <FieldSet label={t("overlap")} hint={t("overlapHint")}>
                <RadioGroup
                  aria-label={t("overlap")}
                  value={overlap}
                  onValueChange={(value) => setOverlap(CHOICES.find((one) => one === value) ?? "day")}
                  options={CHOICES.map((value) => ({
                    value,
                    label: t(value),
                    description: value === "none" ? t("noneText") : undefined,
                  }))}
                />
              </FieldSet>
              {destination.previousSecretUntil && <Callout tone="warning">{t("already")}</Callout>}
              {failure && (
                <Callout tone="danger" announce>
                  {sentence(failure)}
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

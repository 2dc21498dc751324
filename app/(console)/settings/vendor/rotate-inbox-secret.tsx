"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { GivenSecret, OVERLAPS_IN_HOURS } from "@/domain/vendor/rules";
import { rotateInboxSecretAction } from "./actions";
import { SecretChoice, type SecretFrom } from "./secret-choice";
import { ShownSecret } from "./shown-secret";
import { useAct } from "./use-act";

/** Opened from an inbox's menu; first which secret and for how long both work, then the new one. */
export function RotateInboxSecret({
  inbox,
  onClose,
}: {
  inbox: { id: string; label: string; overlaps: boolean };
  onClose: () => void;
}) {
  const t = useTranslations("vendor.rotate");
  const tCommon = useTranslations("common");
  const format = useFormatter();
  const act = useAct();
  const [overlap, setOverlap] = useState(24);
  const [from, setFrom] = useState<SecretFrom>("made");
  const [given, setGiven] = useState("");
  const [wrong, setWrong] = useState(false);
  const [rotated, setRotated] = useState<{ url: string; secret: string; previousSecretUntil: Date | null } | null>(
    null,
  );

  async function rotate() {
    const isWrong = from === "given" && !GivenSecret.safeParse(given).success;
    setWrong(isWrong);
    if (isWrong) return;
    const done = await act.run(() =>
      rotateInboxSecretAction({
        id: inbox.id,
        overlapInHours: overlap,
        ...(from === "given" && { secret: given.trim() }),
      }),
    );
    if (done) setRotated(done.data);
  }

  const description = !rotated
    ? t("text")
    : rotated.previousSecretUntil
      ? t("doneText", { until: format.dateTime(rotated.previousSecretUntil, "moment") })
      : t("doneNow");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(rotated ? "doneTitle" : "title", { name: inbox.label })}
        description={description}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => rotated && event.preventDefault()}
      >
        {rotated ? (
          <ShownSecret url={rotated.url} secret={rotated.secret} />
        ) : (
          <>
            <DialogBody className="flex flex-col gap-4">
              <SecretChoice from={from} onFrom={setFrom} given={given} onGiven={setGiven} wrong={wrong} />
              <Field label={t("overlap")}>
                <Select
                  value={String(overlap)}
                  onValueChange={(value) => setOverlap(Number(value))}
                  options={OVERLAPS_IN_HOURS.map((hours) => ({ value: String(hours), label: t("hours", { hours }) }))}
                />
              </Field>
              {inbox.overlaps && <Callout tone="warning">{t("already")}</Callout>}
              {act.failure && (
                <Callout tone="danger" announce>
                  {act.sentence}
                </Callout>
              )}
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>{tCommon("cancel")}</Button>
              </DialogClose>
              <Button variant="primary" loading={act.busy} onClick={rotate}>
                {t("submit")}
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

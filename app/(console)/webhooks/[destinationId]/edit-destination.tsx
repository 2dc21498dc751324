"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { updateDestinationAction } from "../actions";
import { DestinationForm, type DestinationValues } from "../destination-form";
import type { DestinationItem } from "../items";
import { useAct } from "../use-act";
import { isKnownEvent } from "../words";

export function EditDestination({
  destination,
  open,
  onOpenChange,
}: {
  destination: DestinationItem;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("webhooks");
  const { run, busy, failure, forget } = useAct();
  const initial: DestinationValues = {
    label: destination.label,
    url: destination.url,
    subscribedEvents: destination.events.filter(isKnownEvent),
    webhookVersion: destination.version,
  };

  async function save(values: DestinationValues) {
    const changes = {
      ...(values.label !== initial.label && { label: values.label }),
      // A new URL lets a failing destination try again at once, so it is sent only when it is new.
      ...(values.url !== initial.url && { url: values.url }),
      ...(values.webhookVersion !== initial.webhookVersion && { webhookVersion: values.webhookVersion }),
      ...(values.subscribedEvents.join() !== initial.subscribedEvents.join() && {
        subscribedEvents: values.subscribedEvents,
      }),
    };
    const done = await run(() => updateDestinationAction({ destinationId: destination.id, ...changes }));
    if (!done) return;
    onOpenChange(false);
    toast.success(t("destination.done.saved", { label: values.label }));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        forget();
        onOpenChange(next);
      }}
    >
      <DialogContent
        size="lg"
        title={t("form.editTitle", { label: destination.label })}
        description={t("form.editText")}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <DestinationForm
          initial={initial}
          isNew={false}
          busy={busy}
          failure={failure}
          onSubmit={save}
          onChange={forget}
        />
      </DialogContent>
    </Dialog>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { Field, FieldSet } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import { ENTITY_STATUSES, type EntityStatus } from "@/domain/entities/rules";
import type { SessionKind } from "@/domain/sessions/rules";

/** How a user or business stands, with what follows from it, and why. */
export function StatusFields({
  kind,
  status,
  reason,
  asksWhy = true,
  onStatusChange,
  onReasonChange,
}: {
  kind: SessionKind;
  status: EntityStatus;
  reason: string;
  /** A status that does not change has no reason. */
  asksWhy?: boolean;
  onStatusChange: (status: EntityStatus) => void;
  onReasonChange: (reason: string) => void;
}) {
  const t = useTranslations("entities.status");
  const tStatus = useTranslations("statuses.entity");
  return (
    <div className="flex flex-col gap-5">
      <FieldSet label={t("label")}>
        <RadioGroup
          aria-label={t("label")}
          appearance="cards"
          value={status}
          onValueChange={(next) => onStatusChange(next as EntityStatus)}
          options={ENTITY_STATUSES.map((one) => ({
            value: one,
            label: tStatus(one),
            description: t(`effect.${kind}.${one}`),
          }))}
        />
      </FieldSet>
      {asksWhy && (
        <Field label={t("reason")} hint={t("reasonHint")} optional>
          <Textarea
            value={reason}
            rows={2}
            maxLength={1000}
            dir="auto"
            onChange={(event) => onReasonChange(event.target.value)}
          />
        </Field>
      )}
    </div>
  );
}

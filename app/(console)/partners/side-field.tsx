"use client";

import { useTranslations } from "next-intl";
import { FieldSet } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { SIDES, type Side } from "@/domain/partners/relation-rules";

/** Which way the two will share. */
export function SideField({ value, onValueChange }: { value: Side; onValueChange: (side: Side) => void }) {
  const t = useTranslations("partners.side");
  return (
    <FieldSet label={t("label")}>
      <RadioGroup
        appearance="cards"
        aria-label={t("label")}
        className="sm:grid-cols-2"
        value={value}
        onValueChange={(side) => onValueChange(side as Side)}
        options={[...SIDES].reverse().map((side) => ({ value: side, label: t(side), description: t(`${side}Text`) }))}
      />
    </FieldSet>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveRegion } from "@/components/ui/live-region";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { lookUpApplicationAction } from "./actions";
import type { MintContext, Receiver } from "./minted";

export type PartnerProblem = "missing" | "unknown" | "own" | "environment";

type Props = {
  context: MintContext | undefined;
  value: Receiver | null;
  onChange: (receiver: Receiver | null) => void;
  problem: PartnerProblem | null;
};

/** Who may redeem: a partner known already, or any application by its id, whose name is shown first. */
export function PartnerField({ context, value, onChange, problem }: Props) {
  const t = useTranslations("mint.partner");
  const [chosenWay, setWay] = useState<"known" | "id" | null>(null);
  const way = chosenWay ?? (context?.partners.length === 0 ? "id" : "known");

  if (!context) {
    return (
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">{t("label")}</span>
        <Skeleton className="h-8 w-56" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-14 w-full" />
      </div>
    );
  }

  const sentence = problem && problem !== "unknown" && t(`problem.${problem}`);
  return (
    <div className="flex min-h-35 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium text-sm" aria-hidden>
          {t("label")}
        </span>
        <SegmentedControl
          size="sm"
          label={t("way.label")}
          value={way}
          onValueChange={(next) => {
            setWay(next);
            onChange(null);
          }}
          options={[
            { value: "known", label: t("way.known") },
            { value: "id", label: t("way.id") },
          ]}
        />
      </div>
      {way === "known" ? (
        <Field
          label={t("label")}
          hideLabel
          error={sentence || (problem && t("problem.unknown"))}
          hint={context.partners.length === 0 ? t("noneYet") : undefined}
        >
          <Combobox
            value={value?.id ?? null}
            onValueChange={(id) => onChange(context.partners.find((partner) => partner.id === id) ?? null)}
            placeholder={t("placeholder")}
            searchPlaceholder={t("search")}
            emptyText={t("noMatch")}
            options={context.partners.map((partner) => ({
              value: partner.id,
              label: `${partner.organisationName} · ${partner.name}`,
              keywords: [partner.id],
              disabled: partner.environment !== context.environment,
              ...(partner.environment === context.environment ? {} : { description: t("otherEnvironment") }),
            }))}
          />
        </Field>
      ) : (
        <ById value={value} onChange={onChange} problem={problem} />
      )}
      {value ? (
        <ReceiverCard receiver={value} />
      ) : (
        <p className="flex min-h-14 items-center rounded-lg border border-border border-dashed px-3 text-muted text-sm">
          {t("nobody")}
        </p>
      )}
    </div>
  );
}

function ById({ value, onChange, problem }: Omit<Props, "context">) {
  const t = useTranslations("mint.partner");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<"unknown" | "failed" | null>(null);
  const newest = useRef(0);

  async function lookUp(typed: string) {
    const id = typed.trim();
    if (!id) return;
    const turn = ++newest.current;
    setBusy(true);
    setFailed(null);
    const result = await lookUpApplicationAction({ applicationId: id }).catch(() => null);
    if (turn !== newest.current) return;
    setBusy(false);
    if (result?.ok) return onChange(result.data);
    setFailed(result?.code === "invalid_input" ? "unknown" : "failed");
  }

  function edit(typed: string) {
    newest.current++;
    setBusy(false);
    setFailed(null);
    setText(typed);
    if (value) onChange(null);
  }

  function press(event: KeyboardEvent) {
    // Enter looks up first; the form is sent by the Enter after that.
    if (event.key !== "Enter" || value) return;
    event.preventDefault();
    void lookUp(text);
  }

  const shown = failed ?? problem;
  return (
    <>
      <div className="flex items-start gap-2">
        <Field
          label={t("id.label")}
          hint={t("id.hint")}
          className="flex-1"
          error={shown && (shown === "missing" ? t("problem.lookUp") : t(`problem.${shown}`))}
        >
          <Input
            value={text}
            onChange={(event) => edit(event.target.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text").trim();
              if (text || !pasted) return;
              event.preventDefault();
              edit(pasted);
              void lookUp(pasted);
            }}
            onKeyDown={press}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button className="mt-[1.625rem]" loading={busy} disabled={!text.trim()} onClick={() => lookUp(text)}>
          {t("id.lookUp")}
        </Button>
      </div>
      <LiveRegion>
        {value ? t("found", { organisation: value.organisationName, application: value.name }) : ""}
      </LiveRegion>
    </>
  );
}

export function ReceiverCard({ receiver }: { receiver: Receiver }) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-border bg-subtle px-3 py-2">
      <Avatar name={receiver.organisationName} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate font-medium">{receiver.organisationName}</p>
        <p className="truncate text-muted">{receiver.name}</p>
      </div>
      <EnvironmentBadge environment={receiver.environment} />
    </div>
  );
}

"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { AutomationsInput } from "@/domain/automations/rules";
import type { Automations } from "@/domain/automations/settings";
import type { ErrorCode } from "@/domain/errors";
import { FINISHED, KINDS } from "@/domain/sessions/rules";
import { formatTtl, parseTtl, TTL_MAX_IN_SECONDS, TTL_MIN_IN_SECONDS } from "@/domain/share-tokens/rules";
import { formatDuration } from "@/lib/format";
import { setAutomationAction } from "../actions";
import type { AutomationWorkflow } from "./automation-card";

type Common = { partnerApplicationId: string; workflows: readonly AutomationWorkflow[]; onDone: () => void };

const STATUS_NAMES = { Approved: "approved", Declined: "declined", "In Review": "inReview" } as const;

/** One in, one out, in the order of all. */
const toggled = <T,>(all: readonly T[], chosen: readonly T[], one: T, on: boolean): T[] =>
  all.filter((each) => (each === one ? on : chosen.includes(each)));

export function MintForm({
  partnerApplicationId,
  state: { rule, version },
  workflows,
  onDone,
}: Common & { state: Automations["mintOnFinish"] }) {
  const t = useTranslations("automation");
  const tStatus = useTranslations("statuses.session");
  const locale = useLocale();
  const [kinds, setKinds] = useState(rule.kinds);
  const [statuses, setStatuses] = useState(rule.statuses);
  const [onlySome, setOnlySome] = useState(rule.workflowIds.length > 0);
  const [workflowIds, setWorkflowIds] = useState(rule.workflowIds);
  const [handOff, setHandOff] = useState(rule.handOff);
  const [ttlText, setTtlText] = useState(rule.ttlInSeconds === null ? "" : formatTtl(rule.ttlInSeconds));

  const ttl = ttlText.trim() === "" ? null : parseTtl(ttlText);
  const ttlIsGood = ttlText.trim() === "" || (ttl !== null && ttl >= TTL_MIN_IN_SECONDS && ttl <= TTL_MAX_IN_SECONDS);
  const possible = workflows.filter(({ kind }) => kinds.includes(kind));
  // One that is not in use any more is not asked about; and none left must not come to mean every one.
  const some = workflowIds.filter((id) => possible.some((one) => one.id === id));
  const workflowsAreGood = !onlySome || some.length > 0;

  return (
    <SettingForm
      partnerApplicationId={partnerApplicationId}
      onDone={onDone}
      given={
        kinds.length > 0 && statuses.length > 0 && workflowsAreGood && ttlIsGood
          ? {
              mintOnFinish: {
                enabled: true,
                rule: {
                  kinds,
                  statuses,
                  workflowIds: onlySome ? some : [],
                  handOff,
                  ttlInSeconds: ttl,
                },
                expectedVersion: version,
              },
            }
          : null
      }
    >
      {(asked) => (
        <>
          <FieldSet label={t("mint.kinds")} error={asked && kinds.length === 0 ? t("fault.kinds") : undefined}>
            <Choices
              options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              chosen={kinds}
              onChange={setKinds}
            />
          </FieldSet>
          <FieldSet label={t("mint.statuses")} error={asked && statuses.length === 0 ? t("fault.statuses") : undefined}>
            <Choices
              options={FINISHED.map((value) => ({ value, label: tStatus(STATUS_NAMES[value]) }))}
              chosen={statuses}
              onChange={setStatuses}
            />
          </FieldSet>
          <FieldSet label={t("mint.workflows")} error={asked && !workflowsAreGood ? t("fault.workflows") : undefined}>
            <RadioGroup
              aria-label={t("mint.workflows")}
              value={onlySome ? "some" : "every"}
              onValueChange={(value) => setOnlySome(value === "some")}
              options={(["every", "some"] as const).map((value) => ({ value, label: t(`mint.choose.${value}`) }))}
            />
            {onlySome && (
              <div className="mt-3 pl-6.5">
                <Choices
                  options={possible.map(({ id, label }) => ({ value: id, label }))}
                  chosen={some}
                  onChange={setWorkflowIds}
                />
              </div>
            )}
          </FieldSet>
          <FieldSet label={t("mint.term.handOff")}>
            <RadioGroup
              aria-label={t("mint.term.handOff")}
              value={handOff}
              onValueChange={(value) => setHandOff(value === "push" ? "push" : "inbox")}
              options={(["inbox", "push"] as const).map((value) => ({
                value,
                label: t(`mint.handOff.${value}`),
                description: t(`mint.handOff.${value}Hint`),
              }))}
            />
          </FieldSet>
          <Field
            label={t("mint.term.ttl")}
            hint={t("mint.ttlHint")}
            optional
            error={
              asked && !ttlIsGood
                ? t("fault.ttl", {
                    min: formatDuration(TTL_MIN_IN_SECONDS, locale),
                    max: formatDuration(TTL_MAX_IN_SECONDS, locale),
                  })
                : undefined
            }
          >
            <Input
              value={ttlText}
              maxLength={20}
              autoComplete="off"
              spellCheck={false}
              className="w-40"
              onChange={(event) => setTtlText(event.target.value)}
            />
          </Field>
        </>
      )}
    </SettingForm>
  );
}

export function ImportForm({
  partnerApplicationId,
  state: { rule, version },
  workflows,
  onDone,
}: Common & { state: Automations["importOnArrival"] }) {
  const t = useTranslations("automation");
  const [landing, setLanding] = useState({ user: rule.userWorkflowId, business: rule.businessWorkflowId });
  const usable = (kind: "user" | "business") =>
    workflows.some(({ id }) => id === landing[kind]) ? landing[kind] : null;
  const [user, business] = [usable("user"), usable("business")];
  return (
    <SettingForm
      partnerApplicationId={partnerApplicationId}
      onDone={onDone}
      given={
        user || business
          ? {
              importOnArrival: {
                enabled: true,
                rule: { userWorkflowId: user, businessWorkflowId: business },
                expectedVersion: version,
              },
            }
          : null
      }
    >
      {(asked) => (
        <>
          {KINDS.map((kind) => (
            <Field key={kind} label={t(`import.term.${kind}`)}>
              <Select
                value={(kind === "user" ? user : business) ?? "leave"}
                onValueChange={(value) => setLanding({ ...landing, [kind]: value === "leave" ? null : value })}
                options={[
                  { value: "leave", label: t("import.leave") },
                  ...workflows.filter((one) => one.kind === kind).map(({ id, label }) => ({ value: id, label })),
                ]}
              />
            </Field>
          ))}
          {asked && !user && !business && (
            <Callout tone="danger" announce>
              {t("fault.landing")}
            </Callout>
          )}
        </>
      )}
    </SettingForm>
  );
}

function Choices<T extends string>({
  options,
  chosen,
  onChange,
}: {
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}) {
  const all = options.map(({ value }) => value);
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      {options.map(({ value, label }) => (
        <Checkbox
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onCheckedChange={(checked) => onChange(toggled(all, chosen, value, checked === true))}
        />
      ))}
    </div>
  );
}

function SettingForm({
  partnerApplicationId,
  given,
  onDone,
  children,
}: {
  partnerApplicationId: string;
  /** Null while something is missing. */
  given: Omit<AutomationsInput, "partnerApplicationId"> | null;
  onDone: () => void;
  children: (asked: boolean) => ReactNode;
}) {
  const t = useTranslations("automation");
  const tError = useTranslations("errors.code");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    setFailure(null);
    if (busy || !given) return;
    setBusy(true);
    const result = await setAutomationAction({ partnerApplicationId, ...given }).catch(() => null);
    setBusy(false);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(t("done"));
    onDone();
  }

  return (
    <form onSubmit={save} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="flex flex-col gap-5">
        {children(asked)}
        {failure && (
          <Callout tone="danger" announce>
            {tError(failure)}
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <Button type="submit" variant="primary" loading={busy}>
          {t("save")}
        </Button>
      </DialogFooter>
    </form>
  );
}

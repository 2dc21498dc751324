"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { MultiCombobox } from "@/components/ui/combobox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { API_KEY_PRIVILEGES, type ApiKeyPrivilege } from "@/domain/access/rules";
import type { ErrorCode, FieldErrors } from "@/domain/errors";
import { SESSION_STATUSES, type SessionStatus } from "@/domain/sessions/rules";
import type { ActionResult } from "@/lib/action";
import { PrivilegeMatrix } from "./privilege-matrix";

const LIFETIMES_IN_DAYS = [30, 90, 365] as const;

const STATUS_MESSAGE = {
  "Not Started": "notStarted",
  "In Progress": "inProgress",
  "Awaiting User": "awaitingUser",
  "In Review": "inReview",
  Approved: "approved",
  Declined: "declined",
  Resubmitted: "resubmitted",
  Expired: "expired",
  "Kyc Expired": "kycExpired",
  Abandoned: "abandoned",
} as const satisfies Record<SessionStatus, string>;

/** What a key may do, as the form holds it. */
export type KeyScopes = {
  name: string;
  privileges: ApiKeyPrivilege[];
  workflowIds: string[];
  statuses: SessionStatus[];
  addresses: string[];
  media: boolean;
  agentWrites: boolean;
};

export type KeyValues = {
  name: string;
  privileges: ApiKeyPrivilege[];
  workflowIds: string[] | null;
  statuses: SessionStatus[] | null;
  addresses: string[] | null;
  media: boolean;
  agentWrites: boolean;
  /** Undefined: as it is. */
  expiresInDays: number | null | undefined;
};

export type KeyWorkflow = { id: string; label: string };

const NEW: KeyScopes = {
  name: "",
  privileges: [...API_KEY_PRIVILEGES],
  workflowIds: [],
  statuses: [],
  addresses: [],
  media: true,
  agentWrites: false,
};

const orNull = <T,>(values: T[]) => (values.length > 0 ? values : null);

/** Creates a key, or changes one; the primary key always has full access, so only its name, addresses and end. */
export function KeyForm<T>({
  initial = NEW,
  present,
  isPrimary = false,
  workflows,
  submitLabel,
  save,
  onSaved,
}: {
  initial?: KeyScopes;
  /** Of a key that exists: when it ends now, in words. */
  present?: string;
  isPrimary?: boolean;
  workflows: readonly KeyWorkflow[];
  submitLabel: ReactNode;
  save: (values: KeyValues) => Promise<ActionResult<T>>;
  onSaved: (data: T) => void;
}) {
  const t = useTranslations("settings.apiKeys.create");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const tStatus = useTranslations("statuses.session");
  const formId = useId();
  const [scopes, setScopes] = useState(initial);
  const [addresses, setAddresses] = useState(initial.addresses.join("\n"));
  const [days, setDays] = useState(present === undefined ? "90" : "keep");
  const [checked, setChecked] = useState(false);
  const [wrong, setWrong] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const set = (changes: Partial<KeyScopes>) => setScopes({ ...scopes, ...changes });

  const lines = addresses
    .split(/[\n,]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const wrongAddress = Object.keys(wrong)
    .map((field) => /^addresses\.(\d+)$/.exec(field)?.[1])
    .find((index) => index !== undefined);
  const isLimited = scopes.workflowIds.length > 0 || scopes.statuses.length > 0 || !scopes.media;
  const wantsWebhooks = scopes.privileges.some((one) => one.endsWith(":webhooks"));
  const nameMissing = checked && !scopes.name.trim();
  const privilegesMissing = checked && scopes.privileges.length === 0;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    setFailure(null);
    setWrong({});
    if (!scopes.name.trim() || scopes.privileges.length === 0 || running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const result = await save({
        ...scopes,
        name: scopes.name.trim(),
        workflowIds: orNull(scopes.workflowIds),
        statuses: orNull(scopes.statuses),
        addresses: orNull(lines),
        expiresInDays: days === "keep" ? undefined : days === "never" ? null : Number(days),
      });
      if (result.ok) return onSaved(result.data);
      if (result.fields) setWrong(result.fields);
      if (!result.fields || !Object.keys(result.fields).some((field) => /^(addresses|workflowIds)/.test(field)))
        setFailure(result.code);
    } catch {
      setFailure("unexpected");
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return (
    <>
      <DialogBody>
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t("name")} hint={t("nameHint")} error={nameMissing ? t("nameMissing") : undefined} required>
            <Input
              value={scopes.name}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          {!isPrimary && (
            <>
              <FieldSet label={t("privileges")} error={privilegesMissing ? t("privilegesMissing") : undefined}>
                <PrivilegeMatrix value={scopes.privileges} onChange={(privileges) => set({ privileges })} />
              </FieldSet>
              <FieldSet label={t("limitsTitle")} hint={t("limitsText")} className="gap-4">
                <div className="grid gap-4 sm:grid-cols-2">
                  <Field label={t("workflows")} error={"workflowIds" in wrong ? t("workflowGone") : undefined}>
                    <MultiCombobox
                      values={scopes.workflowIds}
                      onValuesChange={(workflowIds) => set({ workflowIds })}
                      placeholder={t("everyWorkflow")}
                      options={workflows.map(({ id, label }) => ({ value: id, label }))}
                    />
                  </Field>
                  <Field label={t("statuses")}>
                    <MultiCombobox
                      values={scopes.statuses}
                      onValuesChange={(statuses) => set({ statuses: statuses as SessionStatus[] })}
                      placeholder={t("everyStatus")}
                      options={SESSION_STATUSES.map((status) => ({
                        value: status,
                        label: tStatus(STATUS_MESSAGE[status]),
                      }))}
                    />
                  </Field>
                </div>
                <Switch
                  label={t("media")}
                  description={t("mediaHint")}
                  checked={scopes.media}
                  onCheckedChange={(media) => set({ media })}
                />
                <Switch
                  label={t("agentWrites")}
                  description={t("agentWritesHint")}
                  checked={scopes.agentWrites}
                  onCheckedChange={(agentWrites) => set({ agentWrites })}
                />
                {isLimited && wantsWebhooks && <Callout tone="info">{t("webhooksLimited")}</Callout>}
              </FieldSet>
            </>
          )}
          <Field
            label={t("addresses")}
            hint={t("addressesHint")}
            error={wrongAddress ? t("addressWrong", { address: lines[Number(wrongAddress)] ?? "" }) : undefined}
            optional
          >
            <Textarea
              value={addresses}
              rows={2}
              spellCheck={false}
              className="font-mono text-xs"
              onChange={(event) => setAddresses(event.target.value)}
            />
          </Field>
          <Field label={t("expiry")} hint={t("expiryHint")}>
            <Select
              value={days}
              onValueChange={setDays}
              options={[
                ...(present === undefined ? [] : [{ value: "keep", label: present }]),
                ...LIFETIMES_IN_DAYS.map((count) => ({ value: String(count), label: t("days", { count }) })),
                { value: "never", label: t("never") },
              ]}
            />
          </Field>
          {failure && (
            <Callout tone="danger" announce>
              {tError(failure)}
            </Callout>
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{tCommon("cancel")}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={busy}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </>
  );
}

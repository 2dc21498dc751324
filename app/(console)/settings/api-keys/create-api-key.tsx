"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SecretBox } from "@/components/ui/secret-box";
import { Select } from "@/components/ui/select";
import { API_KEY_PRIVILEGES, type ApiKeyPrivilege } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { createApiKeyAction } from "../actions";

const LIFETIMES_IN_DAYS = [30, 90, 365] as const;
const MESSAGE_KEY = {
  "read:sessions": "readSessions",
  "write:sessions": "writeSessions",
  "read:users": "readUsers",
  "write:users": "writeUsers",
  "read:businesses": "readBusinesses",
  "write:businesses": "writeBusinesses",
  "read:workflows": "readWorkflows",
  "write:workflows": "writeWorkflows",
  "read:questionnaires": "readQuestionnaires",
  "write:questionnaires": "writeQuestionnaires",
  "read:lists": "readLists",
  "write:lists": "writeLists",
  "read:webhooks": "readWebhooks",
  "write:webhooks": "writeWebhooks",
  "read:partners": "readPartners",
  "read:billing": "readBilling",
  "write:billing": "writeBilling",
  "read:audit": "readAudit",
} as const satisfies Record<ApiKeyPrivilege, string>;

export function CreateApiKey() {
  const t = useTranslations("settings.apiKeys.create");
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ name: string; key: string } | null>(null);

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setCreated(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={created ? t("createdTitle", { name: created.name }) : t("title")}
        description={created ? t("createdText") : t("description")}
        // A stray click must not throw away a key that can never be shown again.
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => created && event.preventDefault()}
      >
        {created ? (
          <>
            <DialogBody>
              <SecretBox label={t("key")} secret={created.key} />
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button variant="primary">{t("stored")}</Button>
              </DialogClose>
            </DialogFooter>
          </>
        ) : (
          <ApiKeyForm onCreated={setCreated} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function ApiKeyForm({ onCreated }: { onCreated: (created: { name: string; key: string }) => void }) {
  const t = useTranslations("settings.apiKeys.create");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors.code");
  const formId = useId();
  const [name, setName] = useState("");
  const [privileges, setPrivileges] = useState<ApiKeyPrivilege[]>([...API_KEY_PRIVILEGES]);
  const [days, setDays] = useState("90");
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    setFailure(null);
    if (!name.trim() || privileges.length === 0 || running.current) return;
    running.current = true;
    setBusy(true);
    try {
      const expiresInDays = days === "never" ? null : Number(days);
      const result = await createApiKeyAction({ name: name.trim(), privileges, expiresInDays });
      if (result.ok) return onCreated(result.data);
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
          <Field
            label={t("name")}
            hint={t("nameHint")}
            error={checked && !name.trim() ? t("nameMissing") : undefined}
            required
          >
            <Input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
          <FieldSet
            label={t("privileges")}
            error={checked && privileges.length === 0 ? t("privilegesMissing") : undefined}
          >
            {API_KEY_PRIVILEGES.map((privilege) => (
              <Checkbox
                key={privilege}
                label={<code className="font-mono text-xs">{privilege}</code>}
                description={t(`privilege.${MESSAGE_KEY[privilege]}`)}
                checked={privileges.includes(privilege)}
                onCheckedChange={(on) =>
                  setPrivileges(API_KEY_PRIVILEGES.filter((one) => (one === privilege ? on : privileges.includes(one))))
                }
              />
            ))}
          </FieldSet>
          <Field label={t("expiry")} hint={t("expiryHint")}>
            <Select
              value={days}
              onValueChange={setDays}
              options={[
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
          {t("submit")}
        </Button>
      </DialogFooter>
    </>
  );
}

"use client";

import { Send } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveRegion } from "@/components/ui/live-region";
import { Textarea } from "@/components/ui/textarea";
import { useCredentials } from "../credentials";
import { checkKeyAction } from "./actions";
import { Answered } from "./answered";
import { requestOf, send, type TriedAnswer, type TriedOperation } from "./request";

type Faults = { missing: ReadonlySet<string>; body?: string };
const CREDENTIAL = " credential";

/** Sends an operation for real. What cannot be taken back, and whatever changes live data, is asked about first. */
export function TryIt({
  operation,
  application,
  isLive,
}: {
  operation: TriedOperation;
  application: string;
  isLive: boolean;
}) {
  const t = useTranslations("developers.try");
  const credentials = useCredentials();
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(operation.body ?? "");
  const [faults, setFaults] = useState<Faults>({ missing: new Set() });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [isForeign, setForeign] = useState(false);
  const [answer, setAnswer] = useState<TriedAnswer | null>(null);
  const running = useRef(false);
  const kind = operation.credential;
  const credential = kind === "token" ? credentials.token : kind === "key" ? credentials.key : "";
  const asksFirst = operation.isDestructive || (operation.writes && isLive);

  const file = answer?.kind === "answered" ? answer.file?.url : undefined;
  useEffect(() => (file ? () => URL.revokeObjectURL(file) : undefined), [file]);

  function check(): boolean {
    const missing = new Set(
      operation.parameters.filter(({ name, required }) => required && !values[name]?.trim()).map(({ name }) => name),
    );
    if (kind !== "none" && !credential.trim()) missing.add(CREDENTIAL);
    let wrong: string | undefined;
    if (operation.body !== null && body.trim() !== "") {
      try {
        JSON.parse(body);
      } catch (error) {
        wrong = (error as Error).message;
      }
    }
    setFaults({ missing, ...(wrong !== undefined && { body: wrong }) });
    return missing.size === 0 && wrong === undefined;
  }

  async function go() {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setForeign(false);
    try {
      if (kind === "key") {
        const checked = await checkKeyAction({ key: credential.trim() });
        if (checked.ok && checked.data.isForeign) {
          setForeign(true);
          setAnswer(null);
          return;
        }
      }
      setAnswer(await send(requestOf(operation, { values, body, credential: credential.trim() })));
    } catch {
      setAnswer({ kind: "failed" });
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!check()) return;
    if (asksFirst) setAsking(true);
    else void go();
  }

  const missing = (name: string) => (faults.missing.has(name) ? t("missing") : undefined);
  return (
    <Card>
      <CardHeader title={t("title")} description={t("intro")} level={3} />
      <CardBody>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          {kind !== "none" && (
            <div className="flex flex-col gap-2">
              <Field
                label={t(kind)}
                hint={t(`${kind}Hint`)}
                error={isForeign ? t("foreign") : missing(CREDENTIAL)}
                required
              >
                <Input
                  type="password"
                  value={credential}
                  autoComplete="off"
                  spellCheck={false}
                  maxLength={4096}
                  className="font-mono"
                  onChange={({ target }) => {
                    setForeign(false);
                    credentials.set(kind === "token" ? { token: target.value } : { key: target.value });
                  }}
                />
              </Field>
              {kind === "key" && (
                <details className="text-sm">
                  <summary className="min-h-6 w-fit cursor-pointer rounded-sm text-accent leading-6">
                    {t("whyTitle")}
                  </summary>
                  <p className="mt-1 text-muted">{t("why")}</p>
                  <Link
                    href="/settings/api-keys"
                    className="mt-1 inline-flex min-h-6 items-center text-accent underline decoration-accent-border underline-offset-4"
                  >
                    {t("keys")}
                  </Link>
                </details>
              )}
            </div>
          )}
          {operation.parameters.map(({ name, required, example, values: choices }) => (
            <Field
              key={name}
              label={<code className="break-all font-mono text-xs">{name}</code>}
              optional={!required}
              required={required}
              error={missing(name)}
            >
              <Input
                value={values[name] ?? ""}
                placeholder={choices[0] ?? example}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                onChange={({ target }) => setValues({ ...values, [name]: target.value })}
              />
            </Field>
          ))}
          {operation.body !== null && (
            <Field label={t("body")} error={faults.body && t("bodyWrong", { reason: faults.body })}>
              <Textarea
                value={body}
                rows={Math.min(14, body.split("\n").length + 1)}
                spellCheck={false}
                className="font-mono text-xs"
                onChange={({ target }) => setBody(target.value)}
              />
            </Field>
          )}
          <div>
            <Button type="submit" variant="primary" loading={busy} icon={<Send aria-hidden />}>
              {t("send")}
            </Button>
          </div>
        </form>
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          tone="danger"
          title={t("confirm.title")}
          description={t(operation.isDestructive ? "confirm.destructive" : "confirm.live", { application })}
          confirmLabel={t("confirm.confirm")}
          onConfirm={go}
        >
          <code className="block break-all rounded-md bg-subtle px-2 py-1.5 font-mono text-xs">
            {operation.method} {requestOf(operation, { values, body, credential: "" }).path}
          </code>
        </ConfirmDialog>
        <LiveRegion>
          {answer?.kind === "answered" ? `${t("answer")}: ${t("status", { status: answer.status })}` : ""}
        </LiveRegion>
        {answer?.kind === "failed" && (
          <Callout tone="danger" announce className="mt-4">
            {t("failed")}
          </Callout>
        )}
        {answer?.kind === "answered" && <Answered answer={answer} />}
      </CardBody>
    </Card>
  );
}

"use client";

import { Check, Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState, useSyncExternalStore } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useClock } from "@/components/ui/use-clock";
import { Programs } from "../../programs";
import type { ReceiverProgram } from "../../receivers";
import { checkSignatures, type SignedHeader, simpleOf } from "./check-signature";

const FRESH_FOR_MS = 300_000;

/** For whoever does not take our word: the exact message, and three ways to check what signed it. */
export function Verify({
  body,
  headers,
  startedAt,
  programs,
}: {
  body: string;
  headers: Record<string, string>;
  startedAt: string;
  programs: readonly ReceiverProgram[];
}) {
  const t = useTranslations("webhooks.verify");
  const now = useClock("minute");
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const line = JSON.stringify({ body, headers: lowered });
  return (
    <div className="flex flex-col gap-5">
      <p className="text-muted text-sm">{t("intro")}</p>
      <CheckHere body={body} headers={headers} />
      <Part title={t("openssl")} text={t("opensslText")}>
        <CodeBlock label="openssl" code={'openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" body.json'} wrap />
        <Save name="body.json" text={body}>
          {t("download")}
        </Save>
      </Part>
      <Part title={t("line")} text={t("lineText")}>
        <CodeBlock label="deliveries.ndjson" code={line} />
        <Save name="deliveries.ndjson" text={`${line}\n`}>
          {t("downloadLine")}
        </Save>
        <p className="text-muted text-sm">
          {now - Date.parse(startedAt) < FRESH_FOR_MS
            ? t("fresh")
            : t("age", { timestamp: headers["X-Timestamp"] ?? "" })}
        </p>
        <Programs programs={programs} />
      </Part>
    </div>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col items-stretch gap-2">
      <h4 className="font-medium text-sm">{title}</h4>
      <p className="text-muted text-sm">{text}</p>
      {children}
    </section>
  );
}

function Save({ name, text, children }: { name: string; text: string; children: ReactNode }) {
  function save() {
    const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <Button size="sm" className="self-start" icon={<Download aria-hidden />} onClick={save}>
      {children}
    </Button>
  );
}

const never = () => () => {};

/** The secret is typed in, or pasted; it is neither sent nor kept. */
function CheckHere({ body, headers }: { body: string; headers: Record<string, string> }) {
  const t = useTranslations("webhooks.verify");
  const canCompute = useSyncExternalStore(
    never,
    () => window.isSecureContext && "subtle" in crypto,
    () => true,
  );
  const [secret, setSecret] = useState("");
  const [results, setResults] = useState<SignedHeader[] | null>(null);
  if (!canCompute) return <Callout tone="neutral">{t("unavailable")}</Callout>;

  async function check(event: FormEvent) {
    event.preventDefault();
    if (secret.trim()) setResults(await checkSignatures(secret.trim(), body, headers));
  }

  const matched = results?.filter(({ matches }) => matches) ?? [];
  const isPrevious = matched.some(({ header }) => header.endsWith("-Previous"));
  return (
    <div className="flex flex-col gap-3">
      <form noValidate onSubmit={check} className="flex flex-wrap items-start gap-2">
        <Field label={t("secret")} hint={t("secretHint")} className="w-96 max-w-full">
          <Input
            type="password"
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
            value={secret}
            onChange={(event) => {
              setSecret(event.target.value);
              setResults(null);
            }}
          />
        </Field>
        <Button type="submit" className="mt-[1.625rem]">
          {t("check")}
        </Button>
      </form>
      {results && (
        <>
          <Callout tone={matched.length > 0 ? "success" : "danger"} announce>
            {t(matched.length === 0 ? "mismatch" : isPrevious ? "matchPrevious" : "match")}
          </Callout>
          <div className="overflow-x-auto rounded-lg border border-border">
            <table className="w-full text-sm">
              <thead>
                <tr className="bg-subtle text-left text-muted text-xs">
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    {t("column.header")}
                  </th>
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    {t("column.result")}
                  </th>
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    {t("column.over")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {results.map(({ header, over, matches }) => (
                  <tr key={header} className="border-border border-t">
                    <td className="px-3 py-1.5 font-mono text-xs">{header}</td>
                    <td className="px-3 py-1.5">
                      <Badge
                        size="sm"
                        tone={matches ? "success" : "neutral"}
                        icon={matches ? <Check aria-hidden /> : <X aria-hidden />}
                      >
                        {t(matches ? "matches" : "differs")}
                      </Badge>
                    </td>
                    <td className="break-all px-3 py-1.5 text-muted">
                      {over === "X-Signature-Simple" ? (
                        <code className="font-mono text-xs">{simpleOf(body)}</code>
                      ) : (
                        t(over === "X-Signature" ? "over.body" : "over.canonical")
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

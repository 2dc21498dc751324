"use client";

import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { TriedAnswer } from "./request";

/** More than a browser likes to lay out, and than anybody reads. */
const SHOWN_CHARACTERS = 100_000;

export function Answered({ answer }: { answer: Extract<TriedAnswer, { kind: "answered" }> }) {
  const t = useTranslations("developers.try");
  const format = useFormatter();
  const { status, milliseconds, headers, text, file } = answer;
  return (
    <section aria-label={t("answer")} className="mt-4 flex min-w-0 flex-col gap-3 border-border border-t pt-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={status < 300 ? "success" : status < 500 ? "warning" : "danger"}>{t("status", { status })}</Badge>
        <span className="text-muted text-sm">{t("time", { milliseconds: format.number(milliseconds) })}</span>
      </p>
      {text !== null && text !== "" && <CodeBlock label={t("answer")} code={text.slice(0, SHOWN_CHARACTERS)} wrap />}
      {text !== null && text.length > SHOWN_CHARACTERS && (
        <p className="text-muted text-sm">{t("cut", { count: format.number(SHOWN_CHARACTERS) })}</p>
      )}
      {file && (
        <Button asChild className="w-fit">
          <a href={file.url} download={file.name}>
            <Download aria-hidden />
            {t("download", { type: file.type, size: format.number(file.size) })}
          </a>
        </Button>
      )}
      {!text && !file && <p className="text-muted text-sm">{t("empty")}</p>}
      <details>
        <summary className="min-h-6 w-fit cursor-pointer rounded-sm text-accent text-sm leading-6">
          {t("headers")}
        </summary>
        <dl className="mt-1 grid gap-x-4 gap-y-1 font-mono text-xs sm:grid-cols-[auto_minmax(0,1fr)]">
          {headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

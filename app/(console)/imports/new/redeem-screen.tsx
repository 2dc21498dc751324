"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import { openInboxTokenAction } from "../inbox/actions";
import { inspectTokenAction, type SwitchTarget, switchAndStayAction, type TokenReading } from "./actions";
import { LandingForm, type WorkflowOption } from "./landing-form";
import { tidyToken } from "./tidy-token";
import { TokenSays } from "./token-says";

type Reading =
  | { phase: "empty" | "malformed" }
  | { phase: "reading"; token: string }
  | ({ phase: "read"; token: string } & TokenReading)
  | { phase: "failed"; token: string; code: ErrorCode | "unexpected" };

/** A pasted token is read at once; nothing is consumed before the button at the end is pressed. */
export function RedeemScreen({
  workflows,
  inbox,
}: {
  workflows: readonly WorkflowOption[];
  /** The id of a token that waits in the inbox: it is fetched from there instead of being pasted. */
  inbox: string | null;
}) {
  const t = useTranslations("redeem");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const [text, setText] = useState("");
  const [reading, setReading] = useState<Reading>({ phase: "empty" });
  const [fetching, setFetching] = useState<null | "busy" | "gone" | ErrorCode | "unexpected">(
    inbox === null ? null : "busy",
  );
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the token that the address names, not for every render
  useEffect(() => {
    if (inbox === null) return;
    let left = false;
    setFetching("busy");
    openInboxTokenAction({ shareTokenId: inbox })
      .catch(() => null)
      .then((result) => {
        if (left) return;
        const token = result?.ok ? result.data.token : null;
        setFetching(token ? null : result?.ok ? "gone" : (result?.code ?? "unexpected"));
        if (!token) return;
        setText(token);
        void inspect(token);
      });
    return () => {
      left = true;
    };
  }, [inbox]);

  async function inspect(token: string) {
    const mine = ++turn.current;
    setReading({ phase: "reading", token });
    const next = await read(token);
    if (turn.current === mine) setReading(next);
  }

  function change(value: string) {
    clearTimeout(timer.current);
    const token = tidyToken(value);
    setText(token ?? value);
    if (!token) {
      turn.current++;
      setReading({ phase: value.trim() ? "malformed" : "empty" });
    } else if (!("token" in reading) || reading.token !== token) {
      turn.current++;
      setReading({ phase: "reading", token });
      timer.current = setTimeout(() => inspect(token), text === "" ? 0 : 200);
    }
  }

  async function switchTo(target: SwitchTarget, token: string) {
    const result = await switchAndStayAction({ applicationId: target.id });
    if (!result.ok) return setReading({ phase: "failed", token, code: result.code });
    toast.success(t("switched", { application: target.name }));
    router.refresh();
    await inspect(token);
  }

  return (
    // The textarea has no name and the form posts: not even a submit without scripts can put the token into an address.
    <div className="flex flex-col gap-5">
      <Field
        label={t("token.label")}
        hint={reading.phase === "empty" ? t("token.hint") : undefined}
        error={reading.phase === "malformed" ? t("token.malformed") : undefined}
        action={
          text !== "" && (
            <Button variant="link" size="sm" onClick={() => change("")}>
              {t("token.clear")}
            </Button>
          )
        }
      >
        <Textarea
          rows={6}
          value={text}
          maxLength={16_384}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…"
          className="break-all font-mono text-xs"
          onChange={(event) => change(event.target.value)}
        />
      </Field>

      {fetching && fetching !== "busy" && reading.phase === "empty" && (
        <Callout tone="danger" announce title={t("inbox.failed")}>
          {fetching === "gone" ? t("inbox.gone") : tError(fetching)}
        </Callout>
      )}
      {(reading.phase === "reading" || (fetching === "busy" && reading.phase === "empty")) && <ReadingSkeleton />}
      {reading.phase === "failed" && (
        <Callout
          tone="danger"
          announce
          title={t("failed")}
          actions={
            <Button size="sm" onClick={() => inspect(reading.token)}>
              {t("readAgain")}
            </Button>
          }
        >
          {tError(reading.code)}
        </Callout>
      )}
      {reading.phase === "read" && (
        <>
          <TokenSays
            key={reading.token}
            {...reading}
            onExpired={() => inspect(reading.token)}
            onSwitch={(target) => switchTo(target, reading.token)}
          />
          {reading.says.state === "ready" && reading.says.environmentMatches && (
            <LandingForm
              key={`${reading.token}-form`}
              token={reading.token}
              says={reading.says}
              workflows={workflows.filter((workflow) => "kind" in reading.says && workflow.kind === reading.says.kind)}
            />
          )}
        </>
      )}
    </div>
  );
}

async function read(token: string): Promise<Reading> {
  try {
    const result = await inspectTokenAction({ shareToken: token });
    if (result.ok) return { phase: "read", token, ...result.data };
    return { phase: "failed", token, code: result.code };
  } catch {
    return { phase: "failed", token, code: "unexpected" };
  }
}

function ReadingSkeleton() {
  return (
    <Loading className="flex flex-col gap-4 rounded-lg border border-border bg-surface p-4">
      <Skeleton className="h-5 w-56" />
      {["issuer", "kind", "for", "expiry"].map((line) => (
        <div key={line} className="flex gap-6">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="h-4 w-64 max-w-full" />
        </div>
      ))}
    </Loading>
  );
}

"use client";

import { Ban, CircleCheck, Hourglass, ShieldCheck, TimerOff, Undo2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LiveRegion } from "@/components/ui/live-region";
import type { ErrorCode, FieldErrors } from "@/domain/errors";
import type { WalkPage, WalkView } from "@/domain/walks/read";
import type { Outcome } from "@/domain/walks/rules";
import type { ActionResult } from "@/lib/action";
import { finishAction, startAction, stepAction } from "./actions";
import { Calm } from "./calm";
import { EndHere } from "./end-here";
import { StepForm } from "./step-form";
import { StepList } from "./step-list";

/** How long the end is shown before the person is taken back. */
const RETURN_AFTER_MS = 1_500;

type Busy = "start" | "step" | "finish" | Outcome | null;

export function WalkScreen({ token, name, initial }: { token: string; name: string; initial: WalkPage }) {
  const t = useTranslations("verification");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const [view, setView] = useState<WalkView>(initial);
  const [busy, setBusy] = useState<Busy>(null);
  const [problem, setProblem] = useState<{ code: ErrorCode | "unexpected"; fields?: FieldErrors } | null>(null);
  const [said, setSaid] = useState("");
  const [leaves, setLeaves] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const moved = useRef(false);

  // After an act the keyboard and the reader are where the next thing is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever what is shown has moved on
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const next = body.current?.querySelector<HTMLElement>("[data-next] h2");
    (next ?? body.current?.querySelector<HTMLElement>("h1"))?.focus();
  }, [view]);

  useEffect(() => {
    if (!leaves || !view.returnUrl) return;
    const back = view.returnUrl;
    const timer = setTimeout(() => window.location.assign(back), RETURN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [leaves, view.returnUrl]);

  async function run(what: Busy, act: () => Promise<ActionResult<WalkView>>, words?: string) {
    if (busy) return;
    setBusy(what);
    setProblem(null);
    const result = await act().catch(() => null);
    setBusy(null);
    if (!result?.ok) {
      setProblem({ code: result?.code ?? "unexpected", fields: result?.fields });
      return;
    }
    moved.current = true;
    setView(result.data);
    setSaid(words ?? "");
    if (result.data.state === "finished") setLeaves(true);
  }

  const finish = (status?: Outcome) => run(status ?? "finish", () => finishAction(token, { status }));

  const calm = calmOf(view, name, t);
  if (calm) {
    return (
      <div ref={body}>
        {calm}
        {view.state === "finished" && (
          <div className="flex flex-col items-center gap-4">
            <p className="flex items-center gap-2 text-muted text-sm">
              {t("finished.result")} <StatusBadge status={view.status} />
            </p>
            {view.returnUrl && <Return url={view.returnUrl} leaves={leaves} />}
          </div>
        )}
      </div>
    );
  }

  const open = view.steps.filter((step) => step.isOpen);
  const current = view.state === "not_started" ? undefined : open[0];
  const isAgain = view.state === "resubmitted";
  const shown = isAgain ? view.steps.filter((step) => step.isOpen || view.asked?.includes(step.nodeId)) : view.steps;
  const until = view.expiresAt && !isAgain ? view.expiresAt : null;
  return (
    <div ref={body} className="flex flex-col gap-6">
      <div>
        <h1 tabIndex={-1} className="text-balance font-semibold text-2xl tracking-tight outline-none">
          {isAgain
            ? t("again.title", { count: shown.length })
            : t(view.kind === "business" ? "intro.company" : "intro.person")}
        </h1>
        <p className="mt-1 max-w-prose text-base text-muted">
          {isAgain ? t("again.text") : t("intro.text", { name, count: view.steps.length })}
          {until && <> {t("intro.until", { date: format.dateTime(until, "date") })}.</>}
        </p>
      </div>
      <Callout tone="warning">{t("sandbox")}</Callout>
      {problem && (
        <Callout tone="danger" announce>
          {tError(problem.code)}
        </Callout>
      )}
      <StepList steps={shown} current={current?.nodeId}>
        {current && (
          <StepForm
            key={current.nodeId}
            step={current}
            scenario={view.scenario}
            busy={busy === "step"}
            fields={problem?.fields}
            onSubmit={(given) =>
              run(
                "step",
                () => stepAction(token, given),
                t("progress.stepDone", { step: current.label ?? t(`step.${current.feature}.title`) }),
              )
            }
          />
        )}
      </StepList>
      {view.state === "not_started" && (
        <Button
          variant="primary"
          size="lg"
          className="w-full sm:w-fit"
          loading={busy === "start"}
          onClick={() => run("start", () => startAction(token, {}))}
        >
          {t("intro.start")}
        </Button>
      )}
      {view.state !== "not_started" && open.length === 0 && (
        <section data-next className="flex flex-col gap-3 rounded-lg border border-accent-border bg-accent-bg p-4">
          <h2 tabIndex={-1} className="font-semibold text-lg outline-none">
            {t("ready.title")}
          </h2>
          <p className="text-base">{t("ready.text", { name })}</p>
          <Button
            variant="primary"
            size="lg"
            className="w-full sm:w-fit"
            loading={busy === "finish"}
            onClick={() => finish()}
          >
            {t("act.finish")}
          </Button>
        </section>
      )}
      <EndHere scenario={view.scenario} busy={busy} onEnd={finish} offersScenario={open.length > 0} />
      <LiveRegion>{said}</LiveRegion>
    </div>
  );
}

type T = ReturnType<typeof useTranslations<"verification">>;

function calmOf(view: WalkView, name: string, t: T) {
  switch (view.state) {
    case "finished":
      return (
        <Calm icon={<CircleCheck aria-hidden className="text-success" />} title={t("finished.title")}>
          {t("finished.text", { name })}
        </Calm>
      );
    case "expired":
      return (
        <Calm icon={<TimerOff aria-hidden />} title={t("expired.title")}>
          {t("expired.text", { name })}
        </Calm>
      );
    case "abandoned":
      return (
        <Calm icon={<Ban aria-hidden />} title={t("abandoned.title")}>
          {t("abandoned.text", { name })}
        </Calm>
      );
    case "waiting":
      return (
        <Calm icon={<Hourglass aria-hidden />} title={t("waiting.title")}>
          {t("waiting.text")}
        </Calm>
      );
    case "live":
      return (
        <Calm icon={<ShieldCheck aria-hidden />} title={t("live.title")}>
          {t("live.text", { name })}
        </Calm>
      );
    default:
      return null;
  }
}

function Return({ url, leaves }: { url: string; leaves: boolean }) {
  const t = useTranslations("verification.finished");
  const { host } = new URL(url);
  return (
    <>
      {leaves && host && <p className="text-muted text-sm">{t("returning", { host })}</p>}
      <Button asChild size="lg" variant="primary">
        <a href={url} rel="noreferrer">
          <Undo2 aria-hidden />
          {host ? t("return", { host }) : t("returnAnywhere")}
        </a>
      </Button>
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleX, EyeOff } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { PreviewAnswer } from "@/app/api/console/preview/route";
import { PolicyReasons } from "@/components/partners/policy-reasons";
import { FeatureStatusBadge, StatusBadge } from "@/components/sessions/status-badge";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { type DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";
import type { ErrorCode } from "@/domain/errors";
import type { Preview, PreviewStep, StepState } from "@/domain/imports/preview";
import type { ImportInput } from "@/domain/imports/rules";
import { requestStepsAction } from "./actions";

class PreviewFailed extends Error {
  constructor(readonly code: ErrorCode | "unexpected") {
    super(code);
  }
}

type Props = {
  token: string;
  kind: "user" | "business";
  issuer: string;
  workflowId: string;
  trusted: boolean;
  vendorData: string;
};

/** What the import would bring, looked at before it is made; another workflow is another look. */
export function PreviewCard({ token, kind, issuer, workflowId, trusted, vendorData }: Props) {
  const t = useTranslations("redeem.preview");
  const tError = useTranslations("errors.code");
  const asked = {
    shareToken: token,
    workflowId,
    trustReview: trusted,
    ...(vendorData && { vendorData }),
  };
  const query = useQuery({
    // Stays in the memory of the page and goes with it.
    queryKey: ["import-preview", asked],
    queryFn: ({ signal }) => lookAhead(asked, signal),
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  const preview = query.data?.preview;
  return (
    <Card>
      <CardHeader title={t("title")} description={t("description")} />
      <CardBody>
        {query.isError ? (
          <Callout
            tone="danger"
            announce
            title={t("failed")}
            actions={
              <Button size="sm" onClick={() => query.refetch()}>
                {t("again")}
              </Button>
            }
          >
            {tError(query.error instanceof PreviewFailed ? query.error.code : "unexpected")}
          </Callout>
        ) : query.data === undefined ? (
          <Loading>
            <Skeleton className="mb-2 h-4 w-48" />
            <Skeleton className="mb-2 h-24 w-full" />
            <Skeleton className="h-24 w-full" />
          </Loading>
        ) : !preview ? (
          <p className="text-sm">{t("gone")}</p>
        ) : (
          <div
            aria-busy={query.isPlaceholderData || undefined}
            className="flex flex-col gap-4 aria-busy:opacity-60"
            data-preview={query.isPlaceholderData ? "changing" : "shown"}
          >
            <Verdict policy={preview.policy} />
            <Steps preview={preview} />
            <Gap token={token} issuer={issuer} preview={preview} onAsked={() => query.refetch()} />
            <Blocks preview={preview} />
            <Facts kind={kind} preview={preview} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}

/** The token goes in the body: no address ever holds it. */
async function lookAhead(asked: ImportInput, signal: AbortSignal): Promise<PreviewAnswer> {
  const response = await fetch("/api/console/preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (response.ok) return response.json();
  const body = await response.json().catch(() => null);
  throw new PreviewFailed(body?.code ?? "unexpected");
}

const MARKS = {
  satisfied: { icon: CircleCheck, look: "text-success" },
  not_approved: { icon: CircleAlert, look: "text-warning" },
  omitted: { icon: EyeOff, look: "text-muted" },
  missing: { icon: CircleX, look: "text-danger" },
} as const satisfies Record<StepState, unknown>;

function Verdict({ policy }: Pick<Preview, "policy">) {
  const t = useTranslations("redeem.preview.policy");
  if (!policy || policy.outcome === "keep") return null;
  const refuses = policy.outcome === "refuse";
  return (
    <Callout tone={refuses ? "danger" : "warning"} title={t(refuses ? "refuses" : "reviews")}>
      <PolicyReasons reasons={policy.reasons} />
    </Callout>
  );
}

function Steps({ preview }: { preview: Preview }) {
  const t = useTranslations("redeem.preview");
  const nameOf = useFeatureNames();
  const title = t("steps", { workflow: preview.workflow.label });
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-medium text-sm">{title}</h3>
      <ul className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {preview.steps.map(({ step, state }) => {
          const { icon: Icon, look } = MARKS[state];
          return (
            <li key={step} data-step={step} data-state={state} className="flex items-start gap-2 text-sm">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
              <span className="min-w-0">
                {nameOf(step)} <span className="text-muted">{t(`step.${state}`)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const isGap = ({ state }: PreviewStep) => state === "missing" || state === "omitted";

/** What would not arrive, and the way to ask for it while there is still time. */
function Gap({
  token,
  issuer,
  preview,
  onAsked,
}: {
  token: string;
  issuer: string;
  preview: Preview;
  onAsked: () => void;
}) {
  const t = useTranslations("redeem.preview");
  const tError = useTranslations("errors.code");
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const sent = useRef(false);
  const missing = preview.steps.filter(isGap).map(({ step }) => step);

  async function ask() {
    if (sent.current) return;
    sent.current = true;
    setBusy(true);
    setFailure(null);
    const result = await requestStepsAction({ shareToken: token, steps: missing as never }).catch(() => null);
    sent.current = false;
    setBusy(false);
    // Somebody else at this desk asked meanwhile: what they asked for is shown then.
    if (result?.ok || result?.code === "conflict") return onAsked();
    setFailure(result?.code ?? "unexpected");
  }

  if (preview.openRequest) {
    return (
      <Callout
        tone="info"
        announce
        title={t("asked", { issuer, steps: format.list(preview.openRequest.steps.map(nameOf)) })}
        actions={
          <Button asChild size="sm">
            <Link href="/requests?direction=sent">{t("seeRequests")}</Link>
          </Button>
        }
      >
        {t("askedText")}
      </Callout>
    );
  }
  if (missing.length === 0) return <p className="text-sm text-success">{t("complete")}</p>;
  return (
    <Callout
      tone={failure ? "danger" : "warning"}
      announce={failure !== null}
      title={failure ? t("notAsked") : t("gap", { count: missing.length })}
      actions={
        <Button size="sm" loading={busy} onClick={ask}>
          {t("ask", { issuer })}
        </Button>
      }
    >
      {failure ? tError(failure) : t("gapText", { issuer })}
    </Callout>
  );
}

function Blocks({ preview }: { preview: Preview }) {
  const t = useTranslations("redeem.preview");
  const nameOf = useFeatureNames();
  return (
    <section aria-label={t("blocks")}>
      <h3 className="mb-1.5 font-medium text-sm">{t("blocks")}</h3>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {preview.blocks.map((block) => (
          <li
            key={block.feature}
            className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-3 py-1.5 text-sm"
          >
            <span className="min-w-0">
              {nameOf(block.feature)}
              <span className="text-muted">
                {block.count > 1 && ` · ${t("times", { count: block.count })}`} · {t("files", { count: block.media })}
              </span>
            </span>
            <FeatureStatusBadge status={block.status} size="sm" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ kind, preview }: { kind: "user" | "business"; preview: Preview }) {
  const t = useTranslations("redeem.preview");
  const { entity, sameNumber, keyPeople } = preview;
  const items: DescriptionItem[] = [
    { key: "files", term: t("filesInAll"), value: t("files", { count: preview.media }) },
    ...(kind === "business"
      ? [
          {
            key: "people",
            term: t("keyPeople"),
            value: t("people", { arriving: keyPeople.arriving, here: keyPeople.alreadyHere }),
          },
        ]
      : []),
    ...(preview.policy?.outcome === "refuse"
      ? []
      : [{ key: "lands", term: t("landsAs"), value: <StatusBadge status={preview.landingStatus} size="sm" /> }]),
    {
      key: "known",
      term: t("known"),
      value: (
        <span className="flex flex-col gap-1">
          {!entity && sameNumber.length === 0 && t("knownNo")}
          {entity && (
            <span>
              {t(kind === "business" ? "knownBusiness" : "knownUser", {
                reference: entity.vendorData,
                count: entity.sessions,
              })}
            </span>
          )}
          {sameNumber.length > 0 && (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              {t("sameNumber")}
              {sameNumber.map((session) => (
                <Link key={session.id} href={`/sessions/${session.id}`} className="underline underline-offset-2">
                  {t("session", { number: String(session.sessionNumber) })}
                </Link>
              ))}
            </span>
          )}
        </span>
      ),
    },
  ];
  return <DescriptionList items={items} />;
}

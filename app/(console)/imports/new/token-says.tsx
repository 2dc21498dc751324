"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useTransition } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { KindBadge } from "@/components/sessions/kind-badge";
import { TermsText } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { Countdown } from "@/components/ui/countdown";
import { type DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { DateTimeBoth } from "@/components/ui/relative-time";
import type { InspectedToken } from "@/domain/imports/inspect";
import { EVERYTHING, sameTerms } from "@/domain/share-tokens/terms";
import type { SwitchTarget } from "./actions";

export type OpenedToken = Extract<InspectedToken, { state: "ready" | "already_imported" | "unavailable" }>;

/** What stands in the way, if anything: a token in good order can still be from the other environment. */
export type Verdict = InspectedToken["state"] | "environment_mismatch";

export function verdictOf(says: InspectedToken): Verdict {
  return says.state === "ready" && !says.environmentMatches ? "environment_mismatch" : says.state;
}

type Props = {
  says: InspectedToken;
  switchTo: SwitchTarget | null;
  onExpired: () => void;
  onSwitch: (target: SwitchTarget) => Promise<void>;
};

/** Everything a token says of itself, before it is redeemed, and what to do when it cannot be. */
export function TokenSays({ says, switchTo, onExpired, onSwitch }: Props) {
  const t = useTranslations("redeem");
  const verdict = verdictOf(says);
  return (
    <section aria-label={t("says.title")} data-token-state={verdict} className="flex flex-col gap-3">
      <Problem says={says} verdict={verdict} switchTo={switchTo} onSwitch={onSwitch} />
      {says.state !== "invalid" && (
        <Card>
          <CardHeader title={t("says.title")} description={verdict === "ready" ? t("says.description") : undefined} />
          <CardBody>
            <Facts says={says} onExpired={onExpired} />
          </CardBody>
        </Card>
      )}
    </section>
  );
}

function Facts({ says, onExpired }: { says: Exclude<InspectedToken, { state: "invalid" }>; onExpired: () => void }) {
  const t = useTranslations("redeem.says");
  const opened = "sourceSessionId" in says ? says : null;
  const expired = says.state === "expired";
  const items: DescriptionItem[] = [
    ...(opened ? [{ key: "issuer", term: t("issuer"), value: <Issuer issuer={opened.issuer} /> }] : []),
    { key: "kind", term: t("kind"), value: <KindBadge kind={says.kind} /> },
    ...(expired
      ? []
      : [
          {
            key: "for",
            term: t("for"),
            value: <Check ok={says.state !== "wrong_application"}>{t(opened ? "forYou" : "forAnother")}</Check>,
          },
        ]),
    ...(opened
      ? [
          {
            key: "here",
            term: t("here"),
            value: (
              <Check ok={says.state !== "already_imported"}>
                {t(says.state === "already_imported" ? "hereYes" : "hereNo")}
              </Check>
            ),
          },
        ]
      : []),
    {
      key: "expires",
      term: t(expired ? "expired" : "expires"),
      value: (
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
          <DateTimeBoth value={says.expiresAt} />
          {!expired && (
            <span className="inline-flex items-baseline gap-1.5">
              <span className="text-muted">{t("left")}</span>
              <Countdown until={says.expiresAt} onExpired={onExpired} className="font-medium tabular-nums" />
            </span>
          )}
        </div>
      ),
    },
    ...(opened
      ? [
          {
            key: "share",
            term: t("share"),
            value: (
              <span className="flex flex-col">
                <TermsText terms={opened.share} />
                {!sameTerms(opened.share, EVERYTHING) && <span className="text-muted text-xs">{t("shareHint")}</span>}
              </span>
            ),
          },
          {
            key: "source",
            term: t("source"),
            value: <CopyText text={opened.sourceSessionId} label={t("source")} />,
          },
        ]
      : []),
  ];
  return <DescriptionList items={items} />;
}

function Issuer({ issuer }: { issuer: OpenedToken["issuer"] }) {
  const t = useTranslations("redeem.says");
  if (!issuer) return t("issuerUnknown");
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-medium">{issuer.organisationName}</span>
      <span className="text-muted">{issuer.name}</span>
      <EnvironmentBadge environment={issuer.environment} />
    </span>
  );
}

function Check({ ok, children }: { ok: boolean; children: ReactNode }) {
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon aria-hidden className={ok ? "mt-0.5 size-4 shrink-0 text-success" : "mt-0.5 size-4 shrink-0 text-danger"} />
      {children}
    </span>
  );
}

function Problem({ says, verdict, switchTo, onSwitch }: Omit<Props, "onExpired"> & { verdict: Verdict }) {
  const t = useTranslations("redeem");
  const [switching, start] = useTransition();
  if (verdict === "ready") {
    return (
      <p role="status" className="sr-only">
        {t("ready")}
      </p>
    );
  }
  if (verdict === "wrong_application" && switchTo) {
    return (
      <Callout
        tone="warning"
        announce
        title={t("problem.wrong_application.title")}
        actions={
          <Button size="sm" loading={switching} onClick={() => start(() => onSwitch(switchTo))}>
            {t("switch", { application: switchTo.name })}
          </Button>
        }
      >
        {t("problem.wrong_application.yours", {
          application: switchTo.name,
          organisation: switchTo.organisationName,
        })}
      </Callout>
    );
  }
  if (verdict === "already_imported") {
    const existing = "existingSessionId" in says ? says.existingSessionId : null;
    return (
      <Callout
        tone="info"
        announce
        title={t("problem.already_imported.title")}
        actions={
          existing && (
            <Button asChild size="sm">
              <Link href={`/sessions/${existing}`}>{t("openExisting")}</Link>
            </Button>
          )
        }
      >
        {t(existing ? "problem.already_imported.body" : "problem.already_imported.deleted")}
      </Callout>
    );
  }
  return (
    <Callout tone="danger" announce title={t(`problem.${verdict}.title`)}>
      {t(`problem.${verdict}.body`)}
    </Callout>
  );
}

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline } from "@/components/ui/timeline";
import type { AgreementVersionView, AgreementView } from "@/domain/agreements/read";
import { daysUntil, REMINDERS_IN_DAYS } from "@/domain/agreements/rules";
import { AgreementSteps, ProposeAgreement } from "./agreement-steps";
import { Terms, TermsCompared } from "./agreement-terms";
import { STANDING_TONES } from "./agreement-words";

/** What is agreed with a partner, each way for itself. */
export function AgreementsCard({
  partner,
  agreements,
  signer,
  mayWrite,
  now,
}: {
  partner: { id: string; name: string };
  agreements: readonly AgreementView[];
  /** The member's own name, as they have to type it. */
  signer: string;
  mayWrite: boolean;
  now: Date;
}) {
  const t = useTranslations("agreements");
  return (
    <Card>
      <CardHeader title={t("title")} description={t("description")} />
      <CardBody className="flex flex-col gap-6">
        {agreements.map((agreement) => (
          <Agreement
            key={agreement.as}
            partner={partner}
            agreement={agreement}
            signer={signer}
            mayWrite={mayWrite}
            now={now}
          />
        ))}
      </CardBody>
    </Card>
  );
}

function Agreement({
  partner,
  agreement,
  signer,
  mayWrite,
  now,
}: {
  partner: { id: string; name: string };
  agreement: AgreementView;
  signer: string;
  mayWrite: boolean;
  now: Date;
}) {
  const t = useTranslations("agreements");
  const { as, versions } = agreement;
  const inForce = versions.find(({ standing }) => standing === "in_force");
  const proposed = versions.find(({ standing }) => standing === "proposed");
  const past = versions.filter((one) => one !== inForce && one !== proposed);
  const mayPropose = mayWrite && (agreement.relation === "active" || agreement.relation === "paused");
  const days = inForce ? daysUntil(inForce.terms.reviewOn, now) : null;
  return (
    <section aria-label={t(`side.${as}`, { partner: partner.name })} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{t(`side.${as}`, { partner: partner.name })}</h3>
        {mayPropose && (
          <ProposeAgreement
            partnerApplicationId={partner.id}
            as={as}
            lastVersion={agreement.lastVersion}
            before={(proposed ?? inForce ?? versions[0])?.terms ?? null}
            today={now.toISOString().slice(0, 10)}
          />
        )}
      </div>
      {!inForce && (
        <p className="text-sm">
          {t(
            agreement.requiredByUs
              ? "none.requiredByUs"
              : agreement.requiredByThem
                ? "none.requiredByThem"
                : "none.notRequired",
          )}
        </p>
      )}
      {days !== null && days <= Math.max(...REMINDERS_IN_DAYS) && (
        <Callout tone="warning" title={days < 0 ? t("review.overdue") : t("review.due", { days })}>
          {t("review.text")}
        </Callout>
      )}
      {proposed && (
        <Version partner={partner} as={as} version={proposed} signer={signer} mayWrite={mayWrite} against={inForce} />
      )}
      {inForce && <Version partner={partner} as={as} version={inForce} signer={signer} mayWrite={mayWrite} />}
      {past.length > 0 && (
        <details>
          <summary className="rounded-sm text-muted text-sm">{t("past", { count: past.length })}</summary>
          <Timeline
            className="mt-3"
            items={past.map((version) => ({
              key: String(version.version),
              tone: STANDING_TONES[version.standing],
              title: (
                <EagerLink
                  href={`/partners/${partner.id}/agreement/${as}/${version.version}`}
                  className="rounded-sm underline underline-offset-4 hover:text-accent"
                >
                  {t("versionIs", { version: version.version, state: t(`standing.${version.standing}`) })}
                </EagerLink>
              ),
              time: <DateTime value={version.closedAt ?? version.proposedAt} />,
              body: <Changed version={version} />,
            }))}
          />
        </details>
      )}
    </section>
  );
}

function Version({
  partner,
  as,
  version,
  signer,
  mayWrite,
  against,
}: {
  partner: { id: string; name: string };
  as: AgreementView["as"];
  version: AgreementVersionView;
  signer: string;
  mayWrite: boolean;
  /** What is in force while this one is not. */
  against?: AgreementVersionView;
}) {
  const t = useTranslations("agreements");
  return (
    <article
      aria-label={t("version", { version: version.version })}
      className="flex flex-col gap-3 rounded-lg border border-border p-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="font-medium text-sm">{t("version", { version: version.version })}</h4>
        <Badge tone={STANDING_TONES[version.standing]}>{t(`standing.${version.standing}`)}</Badge>
        <span className="text-muted text-sm">
          {t(version.proposedByUs ? "proposedByUs" : "proposedByThem")} <DateTime value={version.proposedAt} />
        </span>
      </div>
      {against && <TermsCompared before={against} after={version} />}
      <Terms terms={version.terms} />
      <Signatures version={version} />
      <p className="flex flex-wrap items-center gap-x-2 text-sm">
        <span className="text-muted">SHA-256</span>
        <CopyText text={version.hash} label={t("hash")} className="min-w-0" />
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {mayWrite && <AgreementSteps partner={partner} as={as} version={version} signer={signer} />}
        <EagerLink
          href={`/partners/${partner.id}/agreement/${as}/${version.version}`}
          className="rounded-sm text-sm underline underline-offset-4 hover:text-accent"
        >
          {t("read")}
        </EagerLink>
      </div>
    </article>
  );
}

function Changed({ version }: { version: AgreementVersionView }) {
  const t = useTranslations("agreements");
  if (version.changed.length === 0) return null;
  return (
    <p className="text-sm">{t("changed", { fields: version.changed.map((field) => t(`term.${field}`)).join(", ") })}</p>
  );
}

export function Signatures({ version }: { version: Pick<AgreementVersionView, "signatures"> }) {
  const t = useTranslations("agreements");
  const tRole = useTranslations("shell.roles");
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {(["issuer", "receiver"] as const).map((side) => {
        const signature = version.signatures.find((one) => one.side === side);
        return (
          <li key={side} className="flex flex-wrap gap-x-2">
            <span className="text-muted">{t(`signedFor.${side}`)}</span>
            {signature ? (
              <span>
                {signature.name}, {tRole.has(signature.role as never) ? tRole(signature.role as never) : signature.role}
                , <DateTime value={signature.signedAt} />
              </span>
            ) : (
              <span>{t("notSigned")}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

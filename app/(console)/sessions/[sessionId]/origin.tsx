import { ShieldCheck, ShieldQuestion } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { PolicyReasons } from "@/components/partners/policy-reasons";
import { Facts } from "@/components/record/facts";
import { useWords } from "@/components/record/words";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { Actor } from "@/domain/actor";
import { originalIsFollowable } from "@/domain/sessions/original";
import type { Provenance, SessionView } from "@/domain/sessions/read";
import { OriginalLink } from "./original-link";
import { Panel } from "./panel";

/** Where an imported record came from, under which token, and why it landed as it did. */
export async function Origin({ actor, view }: { actor: Actor; view: SessionView }) {
  const { provenance } = view;
  if (!provenance) return null;
  const followable =
    actor.kind === "member" &&
    (await originalIsFollowable(actor.id, {
      applicationId: provenance.sourceApplicationId,
      sessionId: provenance.sourceSessionId,
    }));
  return (
    <OriginPanel
      provenance={provenance}
      followable={followable}
      omitted={view.session.omitted}
      withParent={view.parents.length > 0}
    />
  );
}

function OriginPanel({
  provenance,
  followable,
  omitted,
  withParent,
}: {
  provenance: Provenance;
  followable: boolean;
  omitted: SessionView["session"]["omitted"];
  withParent: boolean;
}) {
  const t = useTranslations("record.origin");
  const { feature } = useWords();
  const format = useFormatter();
  const { sourceApplication: source, import: imported, chain } = provenance;
  const left = [
    ...(omitted?.features ?? []).map((one) => feature(one.feature)),
    ...(omitted?.media ? [t("media")] : []),
  ];
  return (
    <Panel
      id="origin"
      title={t("title")}
      aside={
        imported && (
          <Badge
            tone={imported.trustEffective ? "success" : "warning"}
            icon={imported.trustEffective ? <ShieldCheck aria-hidden /> : <ShieldQuestion aria-hidden />}
          >
            {imported.trustEffective ? t("trusted") : t("notTrusted")}
          </Badge>
        )
      }
    >
      {imported && <Trust imported={imported} />}
      {imported && <PolicySaid imported={imported} />}
      <Facts
        more={[
          {
            key: "verifier",
            term: t("verifier"),
            value: chain.length > 1 ? (chain[0]?.organisationName ?? t("unknown")) : null,
          },
          { key: "organisation", term: t("organisation"), value: source?.organisationName ?? t("unknown") },
          {
            key: "application",
            term: t("application"),
            value: source?.name ?? <CopyText text={provenance.sourceApplicationId} label={t("application")} shorten />,
          },
          {
            key: "imported",
            term: t("imported"),
            value: imported && (
              <span className="flex flex-wrap gap-x-2">
                <DateTime value={imported.importedAt} />
                <span className="min-w-0 break-words text-muted">{t("by", { name: imported.importedByLabel })}</span>
              </span>
            ),
          },
          {
            key: "token",
            term: t("token"),
            value: <CopyText text={provenance.shareTokenId} label={t("token")} shorten />,
          },
          {
            key: "agreement",
            term: t("agreement"),
            value: provenance.agreement && (
              <span className="flex min-w-0 flex-wrap gap-x-2">
                <EagerLink
                  href={`/partners/${provenance.sourceApplicationId}/agreement/receiver/${provenance.agreement.version}`}
                  className="rounded-sm underline underline-offset-4 hover:text-accent"
                >
                  {t("agreementVersion", { version: provenance.agreement.version })}
                </EagerLink>
                <CopyText text={provenance.agreement.hash} label={t("agreementHash")} shorten />
              </span>
            ),
          },
          { key: "status", term: t("status"), value: <StatusBadge status={provenance.sourceStatus} size="sm" /> },
          {
            key: "landed",
            term: t("landed"),
            value: imported && <StatusBadge status={imported.landingStatus} size="sm" />,
          },
          {
            key: "age",
            term: t("verified"),
            value: provenance.sourceFinishedAt && (
              <span className="flex flex-wrap gap-x-2">
                <RelativeTime value={provenance.sourceFinishedAt} />
                <span className="text-muted">
                  <DateTime value={provenance.sourceFinishedAt} show="date" />
                </span>
              </span>
            ),
          },
          {
            key: "omitted",
            term: t("omitted"),
            value: left.length > 0 ? format.list(left) : <span className="text-muted">{t("nothingOmitted")}</span>,
          },
          {
            key: "original",
            term: t("original"),
            value: followable ? (
              <OriginalLink applicationId={provenance.sourceApplicationId} sessionId={provenance.sourceSessionId} />
            ) : (
              <span className="flex min-w-0 flex-col">
                <CopyText text={provenance.sourceSessionId} label={t("original")} />
                <span className="text-muted text-xs">
                  {t("notFollowable", { name: source?.organisationName ?? t("unknown") })}
                </span>
              </span>
            ),
          },
        ]}
      />
      {!imported && withParent && <p className="text-muted text-sm">{t("withParent")}</p>}
      <Chain chain={provenance.chain} />
    </Panel>
  );
}

/** The trust decision in plain words. */
function Trust({ imported }: { imported: NonNullable<Provenance["import"]> }) {
  const t = useTranslations("record.origin.trust");
  const reasons = imported.trustReasons.map((reason) => {
    if (reason === "requested") return imported.trustRequested ? t("requestedTrue") : t("requestedFalse");
    if (reason === "partner_setting") return imported.trustEffective ? t("partnerTrue") : t("partnerFalse");
    if (reason === "new_partner") return t("newPartner");
    if (reason === "policy") return t("policy");
    if (reason === "list_match") return t("listMatch");
    return reason;
  });
  return (
    <p className="text-sm">
      {imported.trustEffective ? t("kept") : t(imported.landingStatus === "Declined" ? "declinedByList" : "reviewed")}{" "}
      <span className="text-muted">{reasons.join(" ")}</span>
    </p>
  );
}

/** What the receiver's policy for the issuer said, if there was one. */
function PolicySaid({ imported }: { imported: NonNullable<Provenance["import"]> }) {
  const t = useTranslations("record.origin.policy");
  const { policyVersion: version, policyReasons: reasons } = imported;
  if (version === null) return null;
  return (
    <div className="text-sm">
      <p>
        <span className="text-muted">{t("term")}: </span>
        {t(reasons.length > 0 ? "objected" : "passed", { version })}
      </p>
      <PolicyReasons reasons={reasons} />
    </div>
  );
}

/** From the first verifier to here; a single step is already said above. */
function Chain({ chain }: { chain: Provenance["chain"] }) {
  const t = useTranslations("record.origin");
  if (chain.length < 2) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium text-sm">{t("chain")}</h3>
      <ol className="flex flex-col gap-1 border-border border-l pl-3 text-sm">
        {chain.map((link) => (
          <li key={`${link.applicationId}${link.sessionId}`} className="flex flex-wrap items-center gap-x-2">
            <span>{link.organisationName ?? t("unknown")}</span>
            <span className="text-muted">{link.applicationName}</span>
            <CopyText text={link.sessionId} label={t("original")} shorten />
          </li>
        ))}
        <li className="text-muted">{t("here")}</li>
      </ol>
    </div>
  );
}

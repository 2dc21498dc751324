import { Building2, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { StatusBadge } from "@/components/sessions/status-badge";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { formatPercent } from "@/lib/format";
import type { BlockProps, RecordContext } from "../record-context";
import { num, type Obj, obj, objs, text } from "../values";
import { useWords } from "../words";
import { mergeParties, type Party } from "./parties";

export function KeyPeople({ block, context }: BlockProps) {
  const t = useTranslations("record.keyPeople");
  const registry = obj(block.registry);
  const parties = mergeParties({
    submitted: objs(obj(block.submitted)?.parties),
    officers: objs(registry?.officers),
    owners: objs(registry?.beneficial_owners),
  });
  return (
    <>
      <Summary of={obj(block.ubo_kyc_summary)} />
      {parties.length === 0 ? (
        <p className="text-muted text-sm">{t("none")}</p>
      ) : (
        <ul aria-label={t("list")} className="flex flex-col">
          {parties.map((party) => (
            <PartyRow key={party.key} party={party} context={context} />
          ))}
        </ul>
      )}
    </>
  );
}

function Summary({ of }: { of: Obj | null }) {
  const t = useTranslations("record.keyPeople");
  if (!of) return null;
  const count = (name: string) => num(of[name]) ?? 0;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <span>{t("total", { count: count("total") })}</span>
      {count("approved") > 0 && <Badge tone="success">{t("approved", { count: count("approved") })}</Badge>}
      {count("flagged") > 0 && <Badge tone="warning">{t("flagged", { count: count("flagged") })}</Badge>}
      {count("pending") > 0 && <Badge tone="info">{t("pending", { count: count("pending") })}</Badge>}
    </p>
  );
}

function PartyRow({ party, context }: { party: Party; context: RecordContext }) {
  const t = useTranslations("record.keyPeople");
  const locale = useLocale();
  const { word } = useWords();
  const Icon = party.company ? Building2 : UserRound;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-border border-b py-3 text-sm first:pt-0 last:border-b-0 last:pb-0">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="break-words font-medium">
          {party.name ?? t("unnamed")}
          <span className="sr-only">, {party.company ? t("company") : t("person")}</span>
        </p>
        <p className="mt-1 flex flex-wrap gap-1.5">
          {party.roles.map(({ role, percent }) => (
            <Badge key={role} size="sm" tone={role === "ubo" ? "accent" : "neutral"}>
              {[word(role), percent !== null && formatPercent(percent / 100, locale)].filter(Boolean).join(" · ")}
            </Badge>
          ))}
        </p>
        <p className="mt-1 text-muted text-xs">
          {party.registry && party.declared ? t("both") : party.registry ? t("registryOnly") : t("declaredOnly")}
          {party.skipped && ` · ${t("skipped")}`}
        </p>
      </div>
      <div className="min-w-0 basis-64">
        <ChildSession party={party} context={context} />
      </div>
    </li>
  );
}

function ChildSession({ party, context }: { party: Party; context: RecordContext }) {
  const t = useTranslations("record.keyPeople");
  const child = context.children.find(
    (one) => party.uuids.includes(one.partyId) || one.sessionId === text(party.sessionId),
  );
  if (!child) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-muted">
        {party.sessionStatus ? (
          <>
            <StatusBadge status={party.sessionStatus} size="sm" />
            {t("elsewhere")}
          </>
        ) : party.requiresVerification ? (
          t("notVerified")
        ) : (
          t("notRequired")
        )}
      </p>
    );
  }
  if (child.status === null) return <p className="text-muted">{t("deleted")}</p>;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={`/sessions/${child.sessionId}`}
          className="rounded-sm font-medium text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
        >
          {t("session", { number: String(child.sessionNumber ?? "") })}
        </Link>
        <StatusBadge status={child.status} size="sm" />
      </p>
      {child.sharedFromSession && (
        <p className="flex flex-wrap items-center gap-x-1 text-muted text-xs">
          {t("sharedFrom")} <CopyText text={child.sharedFromSession} label={t("sharedFrom")} shorten />
        </p>
      )}
    </div>
  );
}

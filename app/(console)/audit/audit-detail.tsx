"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusBadge } from "@/components/sessions/status-badge";
import { DateTime } from "@/components/ui/relative-time";
import { ENTITY_STATUSES } from "@/domain/entities/rules";
import { ERROR_CODES, type ErrorCode } from "@/domain/errors";
import { ENTRY_TYPES, ON_MATCH } from "@/domain/lists/rules";
import { formatDuration } from "@/lib/format";
import { EntityStatusBadge } from "../entities/entity-status-badge";
import type { AuditItem } from "./load";
import { isKnownDetail } from "./words";

const among =
  <V extends string>(values: readonly V[]) =>
  (value: unknown): value is V =>
    values.some((one) => one === value);
const isEntityStatus = among(ENTITY_STATUSES);
const isOnMatch = among(ON_MATCH);
const isEntryType = among(ENTRY_TYPES);

type Value = AuditItem["detail"][string];

const isErrorCode = (value: Value): value is ErrorCode => ERROR_CODES.some((one) => one === value);

/** The few words that matter most; everything else is in the panel. */
export function DetailSummary({ row }: { row: AuditItem }) {
  const t = useTranslations("audit");
  const tError = useTranslations("errors.code");
  const locale = useLocale();
  const { detail } = row;
  if (isErrorCode(detail.code ?? null)) {
    const sentence = tError(detail.code as ErrorCode);
    return <span title={sentence}>{sentence}</span>;
  }
  if (typeof detail.new_status === "string") {
    return (
      <Change
        from={
          typeof detail.previous_status === "string" ? <StatusBadge status={detail.previous_status} size="sm" /> : null
        }
        to={<StatusBadge status={detail.new_status} size="sm" />}
      />
    );
  }
  if (typeof detail.landing_status === "string") {
    return (
      <span className="inline-flex items-center gap-2">
        <StatusBadge status={detail.landing_status} size="sm" />
        {t(detail.trust_effective ? "trusted" : "notTrusted")}
      </span>
    );
  }
  if (typeof detail.trust_review === "boolean") return t(detail.trust_review ? "trusted" : "notTrusted");
  if (typeof detail.ttl_in_seconds === "number")
    return t("validFor", { duration: formatDuration(detail.ttl_in_seconds, locale) });
  if (detail.from !== undefined && detail.to !== undefined)
    return (
      <Change
        from={<DetailValue name="from" value={detail.from} row={row} />}
        to={<DetailValue name="to" value={detail.to} row={row} />}
      />
    );
  if (typeof detail.changed === "string") return detail.changed.split(",").join(", ");
  return <Dash />;
}

export function Dash() {
  return (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
}

function Change({ from, to }: { from: ReactNode; to: ReactNode }) {
  const t = useTranslations("audit");
  return (
    <span className="inline-flex items-center gap-1.5">
      {from}
      <span aria-hidden className="text-muted">
        →
      </span>
      <span className="sr-only">{t("became")}</span>
      {to}
    </span>
  );
}

export function DetailName({ name }: { name: string }) {
  const t = useTranslations("audit.detail");
  return isKnownDetail(name) ? t(name) : <code className="font-mono text-xs">{name}</code>;
}

export function DetailValue({ name, value, row }: { name: string; value: Value; row: AuditItem }) {
  const t = useTranslations("audit");
  const tCommon = useTranslations("common");
  const tLists = useTranslations("lists");
  const tEnvironment = useTranslations("statuses.environment");
  const locale = useLocale();
  if (value === null) return <span className="text-muted">{t("notGiven")}</span>;
  if (typeof value === "boolean") {
    if (row.action === "partner.trust_changed") return t(value ? "trusted" : "notTrusted");
    return tCommon(value ? "yes" : "no");
  }
  if (row.action === "entity.status_changed" && isEntityStatus(value))
    return <EntityStatusBadge status={value} size="sm" />;
  if (isOnMatch(value) && row.subjectKind === "list") return tLists(`onMatch.${value}`);
  if (name === "entry_type" && isEntryType(value)) return tLists(`entryType.${value}`);
  if (name === "at" && typeof value === "string") return <DateTime value={value} />;
  if (name === "ttl_in_seconds" && typeof value === "number") return formatDuration(value, locale);
  if (typeof value === "string" && name.endsWith("_status")) return <StatusBadge status={value} size="sm" />;
  if (value === "sandbox" || value === "live") return tEnvironment(value);
  if (typeof value === "string" && /^[\w-]{20,}$/.test(value))
    return <code className="break-all font-mono text-xs">{value}</code>;
  return String(value);
}

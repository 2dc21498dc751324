import { getTimeZone } from "next-intl/server";
import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { type AuditFilter, type AuditListRow, listAuditEntries } from "@/domain/audit/list";
import { AUDIT_ACTIONS, SUBJECT_KINDS } from "@/domain/audit/rules";
import { firstOf, keysetPage, listHref } from "@/lib/keyset";
import { endOfDay, startOfDay } from "./day";

const PAGE_SIZE = 50;

export type AuditItem = {
  id: string;
  at: string;
  actorKind: "member" | "api_key" | "system" | "applicant";
  actorLabel: string;
  action: string;
  subjectKind: string;
  subjectId: string;
  counterparty: { organisation: string; application: string; id: string } | null;
  detail: Record<string, string | number | boolean | null>;
  requestId: string | null;
  ip: string | null;
};

export type AuditAnswer = { rows: AuditItem[]; newer: string | null; older: string | null; filtered: boolean };

const FILTERS = ["action", "kind", "subject", "from", "to"] as const;

/** What the address asks the trail; what makes no sense in it counts for nothing. */
export async function filterFrom(params: Record<string, string | string[] | undefined>): Promise<{
  filter: AuditFilter;
  asked: Record<(typeof FILTERS)[number], string | undefined>;
}> {
  const zone = await getTimeZone();
  const asked = firstOf(params, FILTERS);
  const from = startOfDay(asked.from, zone);
  const before = endOfDay(asked.to, zone);
  const action = z.enum(AUDIT_ACTIONS).safeParse(asked.action).data;
  const subjectKind = z.enum(SUBJECT_KINDS).safeParse(asked.kind).data;
  const subjectId = asked.subject?.trim();
  return {
    asked,
    filter: {
      ...(action && { action }),
      ...(subjectKind && { subjectKind }),
      ...(subjectId && { subjectId }),
      ...(from && { from }),
      ...(before && { before }),
    },
  };
}

/** One page of the trail as the screen shows it: for its first render and for every refresh after that. */
export async function loadAudit(
  actor: Actor,
  params: Record<string, string | string[] | undefined>,
): Promise<AuditAnswer> {
  const { filter, asked } = await filterFrom(params);
  const page = keysetPage(firstOf(params, ["after"]).after);
  const { rows, next } = await listAuditEntries(actor, filter, z.uuid().safeParse(page.after).data ?? null, PAGE_SIZE);
  return {
    rows: rows.map(toItem),
    newer: page.newer && listHref("/audit", { ...asked, after: page.newer.trail }),
    older: next && listHref("/audit", { ...asked, after: page.olderThan(next) }),
    filtered: Object.keys(filter).length > 0 || page.after !== null,
  };
}

function toItem({ entry, counterparty }: AuditListRow): AuditItem {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    actorKind: entry.actorKind,
    actorLabel: entry.actorLabel,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    counterparty: counterparty
      ? { organisation: counterparty.organisationName, application: counterparty.name, id: counterparty.id }
      : null,
    detail: entry.detail,
    requestId: entry.requestId,
    ip: entry.ip,
  };
}

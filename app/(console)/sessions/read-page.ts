import { z } from "zod";
import { applicationCards } from "@/domain/access/applications";
import type { Actor } from "@/domain/actor";
import { listSessions, type Position, type SessionFilter } from "@/domain/sessions/list";
import { KINDS, SESSION_STATUSES } from "@/domain/sessions/rules";

export const PAGE_SIZE = 50;

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Day = z.iso.date();
const Edge = z.coerce.number().int().positive();

/** The filters as the address spells them; what is not understood is left out. */
export const SessionParams = z.object({
  q: optional(z.string().trim().min(1).max(200)),
  kind: optional(z.enum(KINDS)),
  status: optional(z.enum(SESSION_STATUSES)),
  origin: optional(z.enum(["native", "imported"])),
  partner: optional(z.uuid()),
  workflow: optional(z.uuid()),
  country: optional(z.string().regex(/^[A-Z]{2,3}$/)),
  from: optional(Day),
  to: optional(Day),
  before: optional(Edge),
  after: optional(Edge),
});
export type SessionParams = z.infer<typeof SessionParams>;

export interface SessionTableRow {
  id: string;
  number: number;
  kind: "user" | "business";
  name: string | null;
  status: string;
  country: string | null;
  workflow: string | null;
  amlHits: number;
  warnings: number;
  importedFrom: string | null;
  imported: boolean;
  vendorData: string | null;
  createdAt: string;
}

export interface SessionTablePage {
  rows: SessionTableRow[];
  older: number | null;
  newer: number | null;
}

const DAY_MS = 86_400_000;

export function filterOf(params: SessionParams): SessionFilter {
  return {
    search: params.q,
    kind: params.kind,
    statuses: params.status ? [params.status] : undefined,
    origin: params.origin,
    partnerApplicationId: params.partner,
    workflowId: params.workflow,
    country: params.country,
    createdFrom: params.from ? new Date(params.from) : undefined,
    createdBefore: params.to ? new Date(Date.parse(params.to) + DAY_MS) : undefined,
  };
}

/** @throws forbidden */
export async function readSessionPage(actor: Actor, params: SessionParams): Promise<SessionTablePage> {
  const position: Position = params.after ? { after: params.after } : params.before ? { before: params.before } : {};
  const page = await listSessions(actor, filterOf(params), position, PAGE_SIZE);
  const issuers = await applicationCards(page.rows.flatMap(({ session }) => session.sharedFromApplication ?? []));
  return {
    older: page.older,
    newer: page.newer,
    rows: page.rows.map(({ session, card, workflowLabel }) => ({
      id: session.id,
      number: session.sessionNumber,
      kind: session.kind,
      name: card?.companyName ?? card?.fullName ?? null,
      status: session.status,
      country: session.country,
      workflow: workflowLabel,
      amlHits: session.amlHits,
      warnings: session.warningCount,
      imported: session.sharedFromSession !== null,
      importedFrom: issuers.get(session.sharedFromApplication ?? "")?.organisationName ?? null,
      vendorData: session.vendorData,
      createdAt: session.createdAt.toISOString(),
    })),
  };
}

import { z } from "zod";
import type { Actor } from "../actor";
import { listAuditEntries } from "../audit/list";
import { AUDIT_ACTIONS, SUBJECT_KINDS } from "../audit/rules";
import { EntityFilter, listEntities } from "../entities/list";
import { countImports, listImports } from "../imports/list";
import { IMPORT_OUTCOMES, TOOK_KEYS } from "../imports/outcomes";
import { listPartners } from "../partners/partners";
import { countSessions, listSessions, SessionFilter } from "../sessions/list";
import { FINISHED, type SessionKind } from "../sessions/rules";
import { listLedgerWithNames } from "../share-tokens/ledger-list";
import { LEDGER_MARKS, LEDGER_SIDES } from "../share-tokens/ledger-rules";
import { type ExportListName, MAX_EXPORT_ROWS } from "./rules";
import type { Cell } from "./write";

export interface ExportPage {
  rows: Cell[][];
  /** Where the next page begins; null at the end. */
  next: string | null;
}

/** A list as it is exported: its filter, its columns, and its rows by keyset. The reads authorise as for the screen. */
export interface ExportList<F> {
  filter: z.ZodType<F>;
  columns: readonly string[];
  page(actor: Actor, filter: F, after: string | null, limit: number): Promise<ExportPage>;
  /** Left out where counting would take as long as writing. */
  count?(actor: Actor, filter: F): Promise<number>;
}

/** Dates travel as text. */
const moment = z.coerce.date().optional();
const list = <F>(of: ExportList<F>) => of as ExportList<unknown>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const twoParts = (position: string | null): [string, string] | null => {
  const [first, second] = position?.split("_") ?? [];
  return first && second ? [first, second] : null;
};

const sessions = list({
  filter: SessionFilter.extend({ createdFrom: moment, createdBefore: moment }),
  columns: [
    "session_number",
    "session_id",
    "kind",
    "name",
    "status",
    "country",
    "workflow",
    "features",
    "aml_hits",
    "warnings",
    "shared_from_application",
    "vendor_data",
    "created_at",
    "finished_at",
  ],
  async page(actor, filter, after, limit) {
    const { rows, older } = await listSessions(actor, filter, after ? { before: Number(after) } : {}, limit);
    return {
      rows: rows.map(({ session, card, workflowLabel }) => [
        session.sessionNumber,
        session.id,
        session.kind,
        card?.companyName ?? card?.fullName ?? null,
        session.status,
        session.country,
        workflowLabel,
        session.features.map(({ feature, status }) => `${feature}: ${status}`),
        session.amlHits,
        session.warningCount,
        session.sharedFromApplication,
        session.vendorData,
        iso(session.createdAt),
        iso(session.finishedAt),
      ]),
      next: older === null ? null : String(older),
    };
  },
  count: async (actor, filter) => (await countSessions(actor, filter, MAX_EXPORT_ROWS)).count,
});

const imports = list({
  filter: z.object({
    partnerApplicationId: z.uuid().optional(),
    from: moment,
    before: moment,
    trusted: z.boolean().optional(),
    sourceStatus: z.enum(FINISHED).optional(),
    outcome: z.enum(IMPORT_OUTCOMES).optional(),
    took: z.enum(TOOK_KEYS).optional(),
  }),
  columns: [
    "share_token_id",
    "imported_at",
    "imported_by",
    "issuer_application",
    "issuer",
    "source_session_id",
    "source_status",
    "landing_status",
    "trusted",
    "trust_reasons",
    "decision",
    "decided_at",
    "session_id",
    "session_number",
    "name",
    "status",
  ],
  async page(actor, filter, after, limit) {
    const position = twoParts(after);
    const { rows, next } = await listImports(
      actor,
      filter,
      position && { importedAt: new Date(Number(position[0])), shareTokenId: position[1] },
      limit,
    );
    return {
      rows: rows.map(({ import: row, session, card, issuer }) => [
        row.shareTokenId,
        iso(row.importedAt),
        row.importedByLabel,
        row.sourceApplicationId,
        issuer && `${issuer.organisationName} · ${issuer.name}`,
        row.sourceSessionId,
        row.sourceStatus,
        row.landingStatus,
        row.trustEffective,
        row.trustReasons,
        row.decision,
        iso(row.decidedAt),
        session?.id ?? null,
        session?.sessionNumber ?? null,
        card?.companyName ?? card?.fullName ?? null,
        session?.status ?? null,
      ]),
      next: next && `${next.importedAt.getTime()}_${next.shareTokenId}`,
    };
  },
  count: countImports,
});

const shareTokens = list({
  filter: z.object({
    side: z.enum(LEDGER_SIDES),
    mark: z.enum(LEDGER_MARKS).optional(),
    partnerApplicationId: z.uuid().optional(),
    session: z.union([z.object({ id: z.uuid() }), z.object({ number: z.int() })]).optional(),
    actorId: z.string().max(200).optional(),
    from: moment,
    before: moment,
  }),
  columns: [
    "share_token_id",
    "side",
    "state",
    "session_id",
    "session_number",
    "name",
    "partner_application",
    "partner",
    "at",
    "by",
    "expires_at",
    "delivered_at",
    "previewed_at",
    "refused_at",
    "refused_code",
    "redeemed_at",
    "revoked_at",
    "omitted_features",
    "with_media",
  ],
  async page(actor, filter, after, limit) {
    const position = twoParts(after);
    const { rows, next } = await listLedgerWithNames(
      actor,
      filter,
      position && { at: new Date(Number(position[0])), id: position[1] },
      limit,
    );
    return {
      rows: rows.map((row) => [
        row.id,
        row.side,
        row.state,
        row.session?.id ?? null,
        row.session?.number ?? null,
        row.name,
        row.partnerApplicationId,
        row.partner && `${row.partner.organisationName} · ${row.partner.name}`,
        iso(row.at),
        row.byLabel,
        iso(row.expiresAt),
        iso(row.deliveredAt),
        iso(row.previewedAt),
        iso(row.refusedAt),
        row.refusedCode,
        iso(row.redeemedAt),
        iso(row.revokedAt),
        row.terms?.omit ?? null,
        row.terms?.media ?? null,
      ]),
      next: next && `${next.at.getTime()}_${next.id}`,
    };
  },
});

const audit = list({
  filter: z.object({
    action: z.enum(AUDIT_ACTIONS).optional(),
    subjectKind: z.enum(SUBJECT_KINDS).optional(),
    subjectId: z.string().max(100).optional(),
    counterpartyApplicationId: z.uuid().optional(),
    from: moment,
    before: moment,
  }),
  columns: [
    "id",
    "at",
    "actor_kind",
    "actor",
    "action",
    "subject_kind",
    "subject_id",
    "counterparty_application",
    "counterparty",
    "detail",
    "request_id",
    "ip",
  ],
  async page(actor, filter, after, limit) {
    const { rows, next } = await listAuditEntries(actor, filter, after, limit);
    return {
      rows: rows.map(({ entry, counterparty }) => [
        entry.id,
        iso(entry.at),
        entry.actorKind,
        entry.actorLabel,
        entry.action,
        entry.subjectKind,
        entry.subjectId,
        entry.counterpartyApplicationId,
        counterparty && `${counterparty.organisationName} · ${counterparty.name}`,
        Object.entries(entry.detail).map(([name, value]) => `${name}=${value}`),
        entry.requestId,
        entry.ip,
      ]),
      next,
    };
  },
});

const entities = (kind: SessionKind) =>
  list({
    filter: EntityFilter.extend({ kind: z.literal(kind), activeFrom: moment, activeBefore: moment }),
    columns: [
      "id",
      "vendor_data",
      "name",
      "status",
      "countries",
      "sessions",
      "approved",
      "declined",
      "in_review",
      "features",
      "tags",
      "last_activity_at",
    ],
    async page(actor, filter, after, limit) {
      const { views, next } = await listEntities(actor, filter, after, limit);
      return {
        rows: views.map(({ entity, profile, ...view }) => [
          entity.id,
          entity.vendorData,
          profile.displayName ?? view.fullName,
          entity.status,
          entity.countryCode ? [entity.countryCode] : view.countries,
          view.sessionCount,
          view.approvedCount,
          view.declinedCount,
          view.inReviewCount,
          Object.entries(view.features).map(([feature, status]) => `${feature}: ${status}`),
          profile.tags ?? [],
          iso(entity.lastActivityAt),
        ]),
        next,
      };
    },
  });

const partners = list({
  filter: z.object({}),
  columns: [
    "application_id",
    "organisation",
    "application",
    "relations",
    "trusted",
    "minted",
    "last_minted_at",
    "imported",
    "last_imported_at",
    "since",
  ],
  async page(actor) {
    return {
      rows: (await listPartners(actor)).map((one) => [
        one.applicationId,
        one.application?.organisationName ?? null,
        one.application?.name ?? null,
        one.relations.map(({ as, state }) => `${as}: ${state}`),
        one.trustDefault,
        one.minted,
        iso(one.lastMintedAt),
        one.imported,
        iso(one.lastImportedAt),
        iso(one.createdAt),
      ]),
      next: null,
    };
  },
});

export const LISTS: Record<ExportListName, ExportList<unknown>> = {
  sessions,
  imports,
  share_tokens: shareTokens,
  audit,
  users: entities("user"),
  businesses: entities("business"),
  partners,
};

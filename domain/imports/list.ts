import { and, desc, eq, gte, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { imports, sessions } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import type { Card } from "../sessions/card";
import type { SessionRow } from "../sessions/decision-view";
import { readCards } from "../sessions/read";
import type { FinishedStatus } from "../sessions/rules";
import { type ImportOutcome, TOOK, type Took } from "./outcomes";

export interface ImportFilter {
  partnerApplicationId?: string;
  from?: Date;
  before?: Date;
  /** Whether the issuer's decision was kept. */
  trusted?: boolean;
  /** What the issuer had decided. */
  sourceStatus?: FinishedStatus;
  outcome?: ImportOutcome;
  /** How long the first decision here took. */
  took?: Took;
}

export interface ImportListRow {
  import: typeof imports.$inferSelect;
  /** Null when the clone has been deleted. */
  session: SessionRow | null;
  card: Card | null;
  issuer: ApplicationCard | null;
}

export type ImportCursor = { importedAt: Date; shareTokenId: string };

/**
 * Redemptions of this application, newest first.
 * @throws forbidden
 */
export async function listImports(
  actor: Actor,
  filter: ImportFilter,
  after: ImportCursor | null,
  limit: number,
): Promise<{ rows: ImportListRow[]; next: ImportCursor | null }> {
  authorize(actor, "read:sessions");
  return inTenant(actor, async (tx) => {
    const found = await tx
      .select({ import: imports, session: sessions })
      .from(imports)
      .leftJoin(sessions, and(eq(sessions.applicationId, imports.applicationId), eq(sessions.id, imports.sessionId)))
      .where(
        and(
          importsWhere(actor, filter),
          after
            ? sql`(${imports.importedAt}, ${imports.shareTokenId}) < (${after.importedAt.toISOString()}::timestamptz, ${after.shareTokenId}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(imports.importedAt), desc(imports.shareTokenId))
      .limit(limit + 1);
    const page = found.slice(0, limit);
    const [cards, issuers] = await Promise.all([
      readCards(
        tx,
        actor,
        page.flatMap((row) => row.session?.id ?? []),
      ),
      applicationCards(
        page.map((row) => row.import.sourceApplicationId),
        tx,
      ),
    ]);
    const last = page.at(-1)?.import;
    return {
      rows: page.map((row) => ({
        ...row,
        card: (row.session && cards.get(row.session.id)) ?? null,
        issuer: issuers.get(row.import.sourceApplicationId) ?? null,
      })),
      next: found.length > limit && last ? { importedAt: last.importedAt, shareTokenId: last.shareTokenId } : null,
    };
  });
}

/** How many imports the filters select. @throws forbidden */
export async function countImports(actor: Actor, filter: ImportFilter): Promise<number> {
  authorize(actor, "read:sessions");
  return inTenant(actor, (tx) => tx.$count(imports, importsWhere(actor, filter)));
}

export const importsWhere = (actor: Actor, filter: ImportFilter): SQL | undefined =>
  and(
    ownedBy(actor, imports),
    filter.partnerApplicationId ? eq(imports.sourceApplicationId, filter.partnerApplicationId) : undefined,
    filter.from && gte(imports.importedAt, filter.from),
    filter.before && lt(imports.importedAt, filter.before),
    filter.trusted === undefined ? undefined : eq(imports.trustEffective, filter.trusted),
    filter.sourceStatus && eq(imports.sourceStatus, filter.sourceStatus),
    filter.outcome && OUTCOMES[filter.outcome],
    filter.took && tookWhere(filter.took),
  );

/** Something was decided about it: by the issuer, whose decision was kept, or here. */
export const SETTLED = sql`(${imports.decidedAt} is not null or ${imports.landingStatus} <> 'In Review')`;

const OUTCOMES: Record<ImportOutcome, SQL | undefined> = {
  waiting: sql`not ${SETTLED}`,
  settled: SETTLED,
  decided: isNotNull(imports.decidedAt),
  approved: eq(imports.decision, "Approved"),
  declined: eq(imports.decision, "Declined"),
};

function tookWhere(took: Took): SQL {
  const place = TOOK.findIndex(({ key }) => key === took);
  const next = TOOK[place + 1];
  const lasted = sql`(${imports.decidedAt} - ${imports.importedAt})`;
  const from = sql`${lasted} >= make_interval(secs => ${TOOK[place]!.from})`;
  return next ? sql`(${from} and ${lasted} < make_interval(secs => ${next.from}))` : from;
}

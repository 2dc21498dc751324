import { type AnyColumn, and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { directory, inTenant, type Tx } from "@/db/client";
import { applications, imports, organisations, partners, shareTokens, trustChanges } from "@/db/schema";
import { type ApplicationCard, applicationCards, findApplication } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import { DomainError } from "../errors";
import { otherOf, relationsOf, viewOf } from "./pairing";
import type { RelationView } from "./relation-rules";

export interface PartnerView {
  application: ApplicationCard | null;
  applicationId: string;
  /** False for one who has invited this application and has not been answered: there are no settings for them yet. */
  isMet: boolean;
  /** One for each direction in which the two share, or might. */
  relations: RelationView[];
  trustDefault: boolean;
  /** How often trust in this partner has been switched. */
  trustVersion: number;
  /** A request to trust that nobody has confirmed yet. */
  trustRequest: { number: number; requestedById: string; requestedByLabel: string; requestedAt: Date } | null;
  createdAt: Date;
  minted: number;
  imported: number;
  lastMintedAt: Date | null;
  lastImportedAt: Date | null;
}

/**
 * Everybody this application has shared with or imported from, and how it treats them.
 * @throws forbidden
 */
export async function listPartners(actor: Actor): Promise<PartnerView[]> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) => loadPartners(tx, actor));
}

/** What a partner's organisation says of itself. */
export interface PartnerOrganisation {
  legalName: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  ecosystemRole: string | null;
  contactEmail: string | null;
}

export type PartnerPage = PartnerView & { organisation: PartnerOrganisation | null };

/** @throws forbidden, not_found */
export async function readPartner(actor: Actor, input: { applicationId: string }): Promise<PartnerPage> {
  authorize(actor, "read:partners");
  return inTenant(actor, async (tx) => {
    const [[partner], [organisation]] = await Promise.all([
      loadPartners(tx, actor, input.applicationId),
      tx
        .select({
          legalName: organisations.legalName,
          country: organisations.country,
          ecosystemRole: organisations.ecosystemRole,
          contactEmail: organisations.contactEmail,
        })
        .from(applications)
        .innerJoin(organisations, eq(organisations.id, applications.organisationId))
        .where(eq(applications.id, input.applicationId)),
    ]);
    if (!partner) throw new DomainError("not_found", "Not found.");
    return { ...partner, organisation: organisation ?? null };
  });
}

async function loadPartners(tx: Tx, actor: Actor, only?: string): Promise<PartnerView[]> {
  const where = (table: { applicationId: AnyColumn }, partner: AnyColumn) =>
    and(ownedBy(actor, table), only ? eq(partner, only) : undefined);
  const [met, relations, requests, minted, imported] = await Promise.all([
    tx.select().from(partners).where(where(partners, partners.partnerApplicationId)).orderBy(asc(partners.createdAt)),
    relationsOf(tx, actor, only),
    tx
      .select({
        partner: trustChanges.partnerApplicationId,
        number: trustChanges.number,
        requestedById: trustChanges.requestedById,
        requestedByLabel: trustChanges.requestedByLabel,
        requestedAt: trustChanges.requestedAt,
      })
      .from(trustChanges)
      .where(and(where(trustChanges, trustChanges.partnerApplicationId), eq(trustChanges.state, "waiting"))),
    tx
      .select({
        partner: shareTokens.forApplicationId,
        count: sql<number>`count(*)::int`,
        last: sql<string>`max(${shareTokens.issuedAt})`,
      })
      .from(shareTokens)
      .where(where(shareTokens, shareTokens.forApplicationId))
      .groupBy(shareTokens.forApplicationId),
    tx
      .select({
        partner: imports.sourceApplicationId,
        count: sql<number>`count(*)::int`,
        last: sql<string>`max(${imports.importedAt})`,
      })
      .from(imports)
      .where(where(imports, imports.sourceApplicationId))
      .groupBy(imports.sourceApplicationId),
  ]);
  const relationsWith = new Map<string, RelationView[]>();
  for (const row of relations) {
    const other = otherOf(actor.applicationId, row);
    relationsWith.set(other, [...(relationsWith.get(other) ?? []), viewOf(actor.applicationId, row)]);
  }
  const known = new Set(met.map((row) => row.partnerApplicationId));
  const rows = [
    ...met.map((row) => ({ ...row, isMet: true })),
    // What was declined or taken back before anything was shared is over.
    ...[...relationsWith]
      .filter(([other, views]) => !known.has(other) && views.some(({ state }) => state !== "ended"))
      .map(([partnerApplicationId, [first]]) => ({
        partnerApplicationId,
        trustDefault: false,
        trustVersion: 0,
        createdAt: first!.since,
        isMet: false,
      })),
  ];
  const cards = await applicationCards(
    rows.map((row) => row.partnerApplicationId),
    tx,
  );
  const requestOf = new Map(requests.map(({ partner, ...request }) => [partner, request]));
  const mintedBy = new Map(minted.map((row) => [row.partner, row]));
  const importedFrom = new Map(imported.map((row) => [row.partner, row]));
  return rows
    .map((row) => {
      const out = mintedBy.get(row.partnerApplicationId);
      const into = importedFrom.get(row.partnerApplicationId);
      return {
        applicationId: row.partnerApplicationId,
        isMet: row.isMet,
        relations: relationsWith.get(row.partnerApplicationId) ?? [],
        application: cards.get(row.partnerApplicationId) ?? null,
        trustDefault: row.trustDefault,
        trustVersion: row.trustVersion,
        trustRequest: requestOf.get(row.partnerApplicationId) ?? null,
        createdAt: row.createdAt,
        minted: out?.count ?? 0,
        imported: into?.count ?? 0,
        lastMintedAt: out ? new Date(out.last) : null,
        lastImportedAt: into ? new Date(into.last) : null,
      };
    })
    .sort((a, b) => (a.application?.organisationName ?? "").localeCompare(b.application?.organisationName ?? ""));
}

/**
 * Who is behind an application id or client id: shown before anything is minted for it.
 * @throws forbidden
 */
export async function lookUpApplication(
  actor: Actor,
  input: { applicationId: string },
): Promise<ApplicationCard | null> {
  authorize(actor, "read:partners");
  const text = input.applicationId.trim();
  const by = z.uuid().safeParse(text).success ? { id: text } : { clientId: text };
  return (await findApplication(directory(), by)) ?? null;
}

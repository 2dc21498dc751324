import { type AnyColumn, and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { directory, inTenant, type Tx } from "@/db/client";
import { imports, partners, shareTokens, trustChanges } from "@/db/schema";
import { type ApplicationCard, applicationCards, findApplication } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import { meetPartner } from "./meet";

export interface PartnerView {
  application: ApplicationCard | null;
  applicationId: string;
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

/** @throws forbidden, not_found */
export async function readPartner(actor: Actor, input: { applicationId: string }): Promise<PartnerView> {
  authorize(actor, "read:partners");
  const [partner] = await inTenant(actor, (tx) => loadPartners(tx, actor, input.applicationId));
  if (!partner) throw new DomainError("not_found", "Not found.");
  return partner;
}

async function loadPartners(tx: Tx, actor: Actor, only?: string): Promise<PartnerView[]> {
  const where = (table: { applicationId: AnyColumn }, partner: AnyColumn) =>
    and(ownedBy(actor, table), only ? eq(partner, only) : undefined);
  const [rows, requests, minted, imported] = await Promise.all([
    tx.select().from(partners).where(where(partners, partners.partnerApplicationId)).orderBy(asc(partners.createdAt)),
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
 * Adds a partner ahead of the first share, by its application id or client id.
 * @throws forbidden, invalid_input
 */
export async function addPartner(actor: Actor, input: { applicationId: string }): Promise<ApplicationCard> {
  authorize(actor, "write:partners");
  const found = await lookUpApplication(actor, input);
  if (!found) throw invalidField("application_id", "Application not found.");
  if (found.id === actor.applicationId) throw invalidField("application_id", "This is your own application.");
  await inTenant(actor, async (tx) => {
    if (!(await meetPartner(tx, actor.applicationId, found.id))) return;
    await recordAudit(tx, actor, {
      action: "partner.add",
      subjectKind: "partner",
      subjectId: found.id,
      counterpartyApplicationId: found.id,
    });
  });
  return found;
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

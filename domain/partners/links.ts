import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { partnerLinks, partnerships } from "@/db/schema";
import { env } from "@/env";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { meetPartner } from "./meet";
import { type Invited, pairOf, requireSameEnvironment, tell, viewOf } from "./pairing";
import { LINK_DAYS, SIDES, type Side } from "./relation-rules";

/** Who holds the link pairs once, with whichever of their applications they choose. Only its digest is stored. */
export interface PartnerLink {
  id: string;
  /** What this side will be. */
  as: Side;
  createdByLabel: string;
  createdAt: Date;
  expiresAt: Date;
}

const digestOf = (secret: string) => createHash("sha256").update(secret).digest();

export const LinkInput = z.object({ as: z.enum(SIDES) });
export type LinkInput = z.input<typeof LinkInput>;

/**
 * A link to pair by, shown once.
 * @throws forbidden
 */
export async function createPartnerLink(actor: Actor, given: LinkInput): Promise<PartnerLink & { url: string }> {
  authorize(actor, "write:partners");
  const { as } = LinkInput.parse(given);
  const secret = randomBytes(32).toString("base64url");
  const now = new Date();
  const link = {
    id: uuid(),
    as,
    createdByLabel: actor.label,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_DAYS * 86_400_000),
  };
  await inTenant(actor, (tx) =>
    Promise.all([
      tx.insert(partnerLinks).values({ applicationId: actor.applicationId, digest: digestOf(secret), ...link }),
      recordAudit(tx, actor, {
        action: "partner.link_created",
        subjectKind: "partner_link",
        subjectId: link.id,
        detail: { side: as },
      }),
    ]),
  );
  // In the fragment: it reaches neither servers' logs nor the next site's referrer.
  return { ...link, url: `${env().publicUrl}/partners/accept#${secret}` };
}

const isOpen = and(isNull(partnerLinks.usedAt), isNull(partnerLinks.revokedAt), gt(partnerLinks.expiresAt, sql`now()`));

/**
 * Links that still pair, newest first.
 * @throws forbidden
 */
export async function listPartnerLinks(actor: Actor): Promise<PartnerLink[]> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) =>
    tx
      .select({
        id: partnerLinks.id,
        as: partnerLinks.as,
        createdByLabel: partnerLinks.createdByLabel,
        createdAt: partnerLinks.createdAt,
        expiresAt: partnerLinks.expiresAt,
      })
      .from(partnerLinks)
      .where(and(ownedBy(actor, partnerLinks), isOpen))
      .orderBy(desc(partnerLinks.createdAt))
      .limit(50),
  );
}

/**
 * Takes a link back before it is used.
 * @throws forbidden, not_found
 */
export async function revokePartnerLink(actor: Actor, input: { linkId: string }): Promise<{ id: string }> {
  authorize(actor, "write:partners");
  return inTenant(actor, async (tx) => {
    const [row] = await tx
      .update(partnerLinks)
      .set({ revokedAt: new Date() })
      .where(and(ownedBy(actor, partnerLinks), eq(partnerLinks.id, input.linkId), isOpen))
      .returning({ id: partnerLinks.id });
    if (!row) throw new DomainError("not_found", "Not found.");
    await recordAudit(tx, actor, {
      action: "partner.link_revoked",
      subjectKind: "partner_link",
      subjectId: row.id,
    });
    return row;
  });
}

/** The whole link, or only its secret. */
export const LinkSecret = z.object({
  link: z
    .string()
    .trim()
    .max(500)
    .transform((text) => text.slice(text.lastIndexOf("#") + 1)),
});
export type LinkSecret = z.input<typeof LinkSecret>;

export interface OfferedLink {
  from: ApplicationCard;
  /** What the reader will be. */
  as: Side;
  expiresAt: Date;
}

/**
 * What a link offers, before it is used. A wrong, used, revoked or expired one are the same.
 * @throws forbidden, not_found
 */
export async function readPartnerLink(actor: Actor, given: LinkSecret): Promise<OfferedLink> {
  authorize(actor, "write:partners");
  return inTenant(actor, async (tx) => offerOf(await presented(tx, actor, LinkSecret.parse(given).link)));
}

/**
 * Pairs by a link: it was offered by its side already, so the relation is active at once.
 * @throws forbidden, not_found, environment_mismatch, conflict (there is such a relation already; the link stays good)
 */
export async function acceptPartnerLink(actor: Actor, given: LinkSecret): Promise<Invited> {
  authorize(actor, "write:partners");
  const { link: secret } = LinkSecret.parse(given);
  return inTenant(actor, async (tx) => {
    const found = await presented(tx, actor, secret);
    const { from, as } = offerOf(found);
    requireSameEnvironment(actor, from);
    // One of two who use it in the same instant waits here and finds it used.
    const [used] = await tx
      .update(partnerLinks)
      .set({ usedAt: new Date(), usedByApplicationId: actor.applicationId })
      .where(and(eq(partnerLinks.applicationId, from.id), eq(partnerLinks.id, found.link.id), isOpen))
      .returning({ id: partnerLinks.id });
    if (!used) throw noSuchLink();
    const { issuer, receiver } = pairOf(actor, from.id, as);
    const [row] = await tx
      .insert(partnerships)
      .values({ issuerApplicationId: issuer, receiverApplicationId: receiver, state: "active", invitedBy: from.id })
      .onConflictDoUpdate({
        target: [partnerships.issuerApplicationId, partnerships.receiverApplicationId],
        set: { state: "active", invitedBy: from.id, pausedBy: null, updatedAt: new Date() },
        setWhere: sql`${partnerships.state} in ('ended', 'invited')`,
      })
      .returning();
    if (!row) throw new DomainError("conflict", "You have this relation already.");
    await Promise.all([
      meetPartner(tx, actor.applicationId, from.id),
      tell(tx, actor, from.id, as, "active", "partner.join"),
    ]);
    return { application: from, relation: viewOf(actor.applicationId, row) };
  });
}

const noSuchLink = () =>
  new DomainError("not_found", "This link does not pair: it is wrong, used, taken back or expired.");

type Presented = { link: typeof partnerLinks.$inferSelect; from: ApplicationCard };

/** Row-level security shows the link that was presented, and no other of another application. */
async function presented(tx: Tx, actor: Actor, secret: string): Promise<Presented> {
  const digest = digestOf(secret);
  await tx.execute(sql`select set_config('aval.partner_link_digest', ${digest.toString("hex")}, true)`);
  const [link] = await tx
    .select()
    .from(partnerLinks)
    .where(and(eq(partnerLinks.digest, digest), isOpen));
  if (!link || link.applicationId === actor.applicationId) throw noSuchLink();
  const from = (await applicationCards([link.applicationId], tx)).get(link.applicationId);
  if (!from) throw noSuchLink();
  return { link, from };
}

const offerOf = ({ link, from }: Presented): OfferedLink => ({
  from,
  as: link.as === "issuer" ? "receiver" : "issuer",
  expiresAt: link.expiresAt,
});

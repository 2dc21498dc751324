import { createHash } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { agreements, agreementVersions, applications, organisations } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { DomainError } from "../errors";
import { pairOf } from "../partners/pairing";
import { type Pair, relationOf } from "../partners/relate";
import { SIDES } from "../partners/relation-rules";
import { versionsOfPair } from "./gate";
import { type AgreementView, agreementAs, lockAgreement } from "./read";
import { AgreementTerms } from "./rules";
import { tellOfAgreement } from "./tell";
import { agreementText, type Party } from "./text";

export const ProposeInput = z.object({
  partnerApplicationId: z.uuid(),
  as: z.enum(SIDES),
  terms: AgreementTerms,
  /** The newest version that was looked at, 0 for none; absent: whichever there is. */
  expectedVersion: z.int().min(0).optional(),
});
export type ProposeInput = z.input<typeof ProposeInput>;

export const hashOf = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * Proposes the next version of an agreement to the other side. What is in force stays so until both have signed the new
 * one; a proposal that nobody signed yet, or only one side, is overtaken by it.
 * @throws forbidden, invalid_input, not_found (no relation), conflict (not possible in the relation's state), stale_version
 */
export async function proposeAgreement(actor: Actor, given: ProposeInput): Promise<AgreementView> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, as, terms, expectedVersion } = ProposeInput.parse(given);
  const pair = pairOf(actor, partnerApplicationId, as);
  return inTenant(actor, async (tx) => {
    await requireRelation(tx, pair);
    await tx
      .insert(agreements)
      .values({ issuerApplicationId: pair.issuer, receiverApplicationId: pair.receiver, id: uuid() })
      .onConflictDoNothing();
    const head = (await lockAgreement(tx, pair))!;
    if (expectedVersion !== undefined && expectedVersion !== head.lastVersion) {
      throw new DomainError("stale_version", "The agreement has been changed meanwhile. Look at it again.");
    }
    const parties = await partiesOf(tx, pair);
    const version = head.lastVersion + 1;
    const text = agreementText({ id: head.id, version, ...parties }, terms);
    const hash = hashOf(text);
    const now = new Date();
    await tx
      .update(agreementVersions)
      .set({ state: "superseded", closedAt: now })
      .where(and(versionsOfPair(pair), eq(agreementVersions.state, "proposed")));
    await Promise.all([
      tx.insert(agreementVersions).values({
        issuerApplicationId: pair.issuer,
        receiverApplicationId: pair.receiver,
        version,
        terms,
        text,
        hash,
        proposedBy: as,
        proposedAt: now,
        state: "proposed",
        reviewOn: terms.reviewOn,
        endsOn: terms.endsOn,
      }),
      tx
        .update(agreements)
        .set({ lastVersion: version })
        .where(
          and(eq(agreements.issuerApplicationId, pair.issuer), eq(agreements.receiverApplicationId, pair.receiver)),
        ),
      tellOfAgreement(tx, actor, partnerApplicationId, as, "agreement.propose", {
        agreement_id: head.id,
        version,
        hash,
        state: "proposed",
      }),
    ]);
    return agreementAs(tx, actor, partnerApplicationId, as, now);
  });
}

/**
 * Agreements are between those that have paired or shared.
 * @throws not_found, conflict
 */
export async function requireRelation(tx: Tx, pair: Pair): Promise<void> {
  const relation = await relationOf(tx, pair);
  if (!relation) throw new DomainError("not_found", "Not found.");
  if (relation === "active" || relation === "paused") return;
  throw new DomainError(
    "conflict",
    relation === "invited"
      ? "The invitation has to be accepted first."
      : "This relation has ended. Invite them again first.",
  );
}

async function partiesOf(tx: Tx, { issuer, receiver }: Pair): Promise<{ issuer: Party; receiver: Party }> {
  const rows = await tx
    .select({
      applicationId: applications.id,
      applicationName: applications.name,
      organisationName: organisations.name,
      legalName: organisations.legalName,
      country: organisations.country,
    })
    .from(applications)
    .innerJoin(organisations, eq(organisations.id, applications.organisationId))
    .where(inArray(applications.id, [issuer, receiver]));
  const party = (id: string) => {
    const found = rows.find((row) => row.applicationId === id);
    if (!found) throw new DomainError("not_found", "Not found.");
    return found;
  };
  return { issuer: party(issuer), receiver: party(receiver) };
}

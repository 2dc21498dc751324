import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { agreementSignatures, agreementVersions, members, memberships } from "@/db/schema";
import { privilegesOf, type Role } from "../access/rules";
import { type Actor, authorize } from "../actor";
import { DomainError, invalidField } from "../errors";
import { pairOf } from "../partners/pairing";
import { SIDES } from "../partners/relation-rules";
import { versionsOfPair } from "./gate";
import { requireRelation } from "./propose";
import { type AgreementView, agreementAs, lockAgreement } from "./read";
import { dayOf } from "./rules";
import { tellOfAgreement } from "./tell";

export const SignInput = z.object({
  partnerApplicationId: z.uuid(),
  as: z.enum(SIDES),
  version: z.int().min(1),
  /** Of the text that was read. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The signer's own name, typed by them. */
  name: z.string().trim().min(1, "This field may not be blank.").max(200),
  confirmed: z.literal(true, { error: "Confirm that you have read the text and may sign it." }),
});
export type SignInput = z.input<typeof SignInput>;

const spelled = (name: string) => name.normalize("NFC").replace(/\s+/g, " ").trim().toLocaleLowerCase("en");

/**
 * Signs the proposed version for one's own side. With the second side's signature it is in force, and the version that
 * was in force before is replaced. It takes a member who may change partners, and two different people.
 * @throws forbidden, invalid_input (not the signer's name), not_found, conflict, stale_version (another version or hash
 *   waits now), second_person_required (signed for the other side by the same person)
 */
export async function signAgreement(actor: Actor, given: SignInput): Promise<AgreementView> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, as, version, hash, name } = SignInput.parse(given);
  if (actor.kind !== "member") throw new DomainError("forbidden", "This takes a member of the organisation.");
  const pair = pairOf(actor, partnerApplicationId, as);
  return inTenant(actor, async (tx) => {
    await requireRelation(tx, pair);
    const head = await lockAgreement(tx, pair);
    if (!head) throw new DomainError("not_found", "Not found.");
    const signer = await signerOf(tx, actor);
    if (spelled(name) !== spelled(signer.name)) {
      throw invalidField("name", "Type your name as it stands in your account.");
    }
    const [[proposed], signatures] = await Promise.all([
      tx
        .select()
        .from(agreementVersions)
        .where(and(versionsOfPair(pair), eq(agreementVersions.state, "proposed"))),
      tx
        .select()
        .from(agreementSignatures)
        .where(
          and(
            eq(agreementSignatures.issuerApplicationId, pair.issuer),
            eq(agreementSignatures.receiverApplicationId, pair.receiver),
            eq(agreementSignatures.version, version),
          ),
        ),
    ]);
    if (!proposed || proposed.version !== version || proposed.hash !== hash) {
      throw new DomainError("stale_version", "This version does not wait to be signed any more. Look at it again.");
    }
    if (signatures.some(({ side }) => side === as)) {
      throw new DomainError("conflict", "Your side has signed this version already.");
    }
    if (signatures.some(({ signerId }) => signerId === actor.id)) {
      throw new DomainError("second_person_required", "Each side is signed for by a person of its own.");
    }
    const now = new Date();
    if (proposed.endsOn && proposed.endsOn < dayOf(now)) {
      throw new DomainError("conflict", "The last day of this version has passed. Propose another.");
    }
    await tx.insert(agreementSignatures).values({
      issuerApplicationId: pair.issuer,
      receiverApplicationId: pair.receiver,
      version,
      side: as,
      hash,
      signerId: actor.id,
      signerName: signer.name,
      signerRole: signer.role,
      signedAt: now,
    });
    const isInForce = signatures.length > 0;
    if (isInForce) {
      await tx
        .update(agreementVersions)
        .set({ state: "replaced", closedAt: now })
        .where(and(versionsOfPair(pair), eq(agreementVersions.state, "in_force")));
      await tx
        .update(agreementVersions)
        .set({ state: "in_force", inForceAt: now })
        .where(and(versionsOfPair(pair), eq(agreementVersions.version, version)));
    }
    await tellOfAgreement(tx, actor, partnerApplicationId, as, "agreement.sign", {
      agreement_id: head.id,
      version,
      hash,
      state: isInForce ? "in_force" : "signed",
    });
    return agreementAs(tx, actor, partnerApplicationId, as, now);
  });
}

/** Name and role of this moment, not those that the request came with. */
async function signerOf(tx: Tx, actor: Actor): Promise<{ name: string; role: Role }> {
  const [signer] = await tx
    .select({ name: members.name, role: memberships.role })
    .from(memberships)
    .innerJoin(members, and(eq(members.id, memberships.memberId), isNull(members.disabledAt)))
    .where(and(eq(memberships.organisationId, actor.organisationId), eq(memberships.memberId, actor.id)));
  if (!signer || !privilegesOf(signer.role).includes("write:partners")) {
    throw new DomainError("forbidden", "You do not have permission to perform this action.");
  }
  return signer;
}

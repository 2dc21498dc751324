import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { inTenant, type Tx } from "@/db/client";
import { agreementSignatures, agreements, agreementVersions, applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { DomainError } from "../errors";
import { pairOf, relationsOf, viewOf } from "../partners/pairing";
import type { Pair } from "../partners/relate";
import type { RelationState, Side } from "../partners/relation-rules";
import { eitherWay } from "./gate";
import { AgreementTerms, changedTerms, type Standing, standingOf, stepsOf } from "./rules";

export interface Signature {
  side: Side;
  name: string;
  role: string;
  signedAt: Date;
}

export interface AgreementVersionView {
  version: number;
  terms: AgreementTerms;
  text: string;
  hash: string;
  standing: Standing;
  proposedByUs: boolean;
  proposedAt: Date;
  inForceAt: Date | null;
  closedAt: Date | null;
  closedByUs: boolean | null;
  signatures: Signature[];
  /** What this side may do with it. */
  steps: ReturnType<typeof stepsOf>;
  /** What differs from the version before; empty for the first. */
  changed: (keyof AgreementTerms)[];
}

export interface AgreementView {
  /** What this side is in it. */
  as: Side;
  relation: RelationState;
  /** Null until somebody has proposed one. */
  id: string | null;
  lastVersion: number;
  /** Which side shares under an agreement only. */
  requiredByUs: boolean;
  requiredByThem: boolean;
  /** Newest first; those in force and proposed are among them. */
  versions: AgreementVersionView[];
}

const HISTORY = 50;

/**
 * What this application and a partner have agreed on, one for each direction in which they share or might.
 * @throws forbidden, not_found (no relation with them)
 */
export async function readAgreements(
  actor: Actor,
  input: { partnerApplicationId: string },
  now = new Date(),
): Promise<AgreementView[]> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) => agreementsWith(tx, actor, input.partnerApplicationId, now));
}

export async function agreementsWith(tx: Tx, actor: Actor, partner: string, now: Date): Promise<AgreementView[]> {
  const own = actor.applicationId;
  const [relations, heads, versions, required] = await Promise.all([
    relationsOf(tx, actor, partner),
    tx
      .select()
      .from(agreements)
      .where(eitherWay(agreements, own, partner)),
    tx
      .select()
      .from(agreementVersions)
      .where(eitherWay(agreementVersions, own, partner))
      .orderBy(desc(agreementVersions.version))
      .limit(2 * HISTORY),
    tx
      .select({ id: applications.id, requires: applications.requireAgreement })
      .from(applications)
      .where(inArray(applications.id, [own, partner])),
  ]);
  if (relations.length === 0) throw new DomainError("not_found", "Not found.");
  const signatures =
    versions.length === 0
      ? []
      : await tx
          .select()
          .from(agreementSignatures)
          .where(
            and(
              inArray(agreementSignatures.issuerApplicationId, [own, partner]),
              inArray(agreementSignatures.receiverApplicationId, [own, partner]),
            ),
          )
          .orderBy(asc(agreementSignatures.signedAt));
  const requires = new Map(required.map((row) => [row.id, row.requires]));
  return relations.map((relation): AgreementView => {
    const { as, state } = viewOf(own, relation);
    const ofPair = ofThe(pairOf(actor, partner, as));
    const rows = versions.filter(ofPair);
    const head = heads.find(ofPair);
    const terms = rows.map((row) => AgreementTerms.parse(row.terms));
    return {
      as,
      relation: state,
      id: head?.id ?? null,
      lastVersion: head?.lastVersion ?? 0,
      requiredByUs: requires.get(own) ?? false,
      requiredByThem: requires.get(partner) ?? false,
      versions: rows.map((row, index) => {
        const signed = signatures.filter((one) => ofPair(one) && one.version === row.version);
        const standing = standingOf(row, now);
        return {
          version: row.version,
          terms: terms[index]!,
          text: row.text,
          hash: row.hash,
          standing,
          proposedByUs: row.proposedBy === as,
          proposedAt: row.proposedAt,
          inForceAt: row.inForceAt,
          closedAt: row.closedAt,
          closedByUs: row.closedBy && row.closedBy === as,
          signatures: signed.map(({ side, signerName, signerRole, signedAt }) => ({
            side,
            name: signerName,
            role: signerRole,
            signedAt,
          })),
          steps: stepsOf({ standing, proposedBy: row.proposedBy, signedBy: signed.map(({ side }) => side) }, as),
          changed: terms[index + 1] ? changedTerms(terms[index + 1]!, terms[index]!) : [],
        };
      }),
    };
  });
}

const ofThe =
  ({ issuer, receiver }: Pair) =>
  (row: { issuerApplicationId: string; receiverApplicationId: string }) =>
    row.issuerApplicationId === issuer && row.receiverApplicationId === receiver;

/** The agreement of one direction, once an act has changed it. */
export async function agreementAs(tx: Tx, actor: Actor, partner: string, as: Side, now: Date): Promise<AgreementView> {
  const view = (await agreementsWith(tx, actor, partner, now)).find((one) => one.as === as);
  if (!view) throw new DomainError("not_found", "Not found.");
  return view;
}

/** The head that whatever changes waits for; not found when nothing was ever proposed. */
export async function lockAgreement(tx: Tx, { issuer, receiver }: Pair) {
  const [head] = await tx
    .select()
    .from(agreements)
    .where(and(eq(agreements.issuerApplicationId, issuer), eq(agreements.receiverApplicationId, receiver)))
    .for("update");
  return head;
}

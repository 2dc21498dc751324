import { and, eq, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { agreements, agreementVersions, applications, partnerships } from "@/db/schema";
import { DomainError } from "../errors";
import type { Pair } from "../partners/relate";
import { type RelationState, refusalBetween } from "../partners/relation-rules";
import { type AgreementInForce, AgreementTerms, type Breach, breachOf, type Shared, standingOf } from "./rules";

/** What decides whether an issuer may hand a receiver anything. */
export interface Footing {
  relation: RelationState | undefined;
  /** Whether either side shares under an agreement only. */
  required: boolean;
  /** The one in force now. */
  agreement: AgreementInForce | null;
}

const issuers = alias(applications, "issuer");
const receivers = alias(applications, "receiver");

/** How two applications stand to each other, for either of them, read in one statement. */
export async function footingOf(tx: Tx, { issuer, receiver }: Pair, now: Date): Promise<Footing> {
  const [row] = await tx
    .select({
      relation: partnerships.state,
      issuerRequires: issuers.requireAgreement,
      receiverRequires: receivers.requireAgreement,
      id: agreements.id,
      version: agreementVersions.version,
      hash: agreementVersions.hash,
      terms: agreementVersions.terms,
      state: agreementVersions.state,
      endsOn: agreementVersions.endsOn,
    })
    .from(issuers)
    .innerJoin(receivers, eq(receivers.id, receiver))
    .leftJoin(
      partnerships,
      and(eq(partnerships.issuerApplicationId, issuers.id), eq(partnerships.receiverApplicationId, receivers.id)),
    )
    .leftJoin(
      agreements,
      and(eq(agreements.issuerApplicationId, issuers.id), eq(agreements.receiverApplicationId, receivers.id)),
    )
    .leftJoin(
      agreementVersions,
      and(
        eq(agreementVersions.issuerApplicationId, issuers.id),
        eq(agreementVersions.receiverApplicationId, receivers.id),
        eq(agreementVersions.state, "in_force"),
      ),
    )
    .where(eq(issuers.id, issuer));
  if (!row) return { relation: undefined, required: false, agreement: null };
  const { id, version, hash, terms, state, endsOn } = row;
  const isInForce =
    id !== null && version !== null && hash !== null && state && standingOf({ state, endsOn }, now) === "in_force";
  return {
    relation: row.relation ?? undefined,
    required: row.issuerRequires || row.receiverRequires,
    agreement: isInForce ? inForce(id, version, hash, terms) : null,
  };
}

function inForce(id: string, version: number, hash: string, stored: unknown): AgreementInForce {
  const terms = AgreementTerms.parse(stored);
  return { ref: { id, version, hash, onwardSharing: terms.onwardSharing }, terms };
}

/**
 * Why an issuer may not hand this to a receiver; null when it may. For mints, previews and redemptions alike.
 * `askedBy` says whose request it is: a mint can be asked for differently, so its answer names the field.
 */
export function refusalOf(footing: Footing, shared: Shared, askedBy: "mint" | "redemption"): DomainError | null {
  const refusal = refusalBetween(footing.relation);
  if (refusal) return refusal;
  const breach = breachOf(footing, shared);
  return breach && errorOf(breach, askedBy);
}

function errorOf({ code, field, message }: Breach, askedBy: "mint" | "redemption"): DomainError {
  if (askedBy === "redemption") {
    const hint = code === "outside_agreement" ? " Ask the issuer for a token under the agreement in force." : "";
    return new DomainError(code, `${message}${hint}`, { more: { outside: field } });
  }
  if (!field) return new DomainError(code, message);
  const [outer, inner] = field.split(".");
  return new DomainError(code, message, {
    fields: { [field]: [message] },
    tree: inner ? { [outer!]: { [inner]: [message] } } : { [outer!]: [message] },
  });
}

export const versionsOfPair = ({ issuer, receiver }: Pair) =>
  and(eq(agreementVersions.issuerApplicationId, issuer), eq(agreementVersions.receiverApplicationId, receiver));

export const eitherWay = (table: typeof agreements | typeof agreementVersions, own: string, other: string) =>
  or(
    and(eq(table.issuerApplicationId, own), eq(table.receiverApplicationId, other)),
    and(eq(table.issuerApplicationId, other), eq(table.receiverApplicationId, own)),
  );

import { z } from "zod";
import { DomainError } from "../errors";
import { RELATION_STATES, SIDES } from "../partners/relation-rules";
import { isoSeconds } from "../sessions/wire";
import type { AgreementVersionView, AgreementView } from "./read";
import { type AgreementRef, AgreementTerms, LEGAL_BASES, MAX_PURPOSES, SECTIONS, TRANSFER_MECHANISMS } from "./rules";

/** Ours: agreements as the API tells of them. */

export const AgreementRefAnswer = z.object({
  agreement_id: z.uuid(),
  version: z.int(),
  hash: z.string().describe("SHA-256 of the signed text (UTF-8), in hex."),
});

export const toAgreementRef = ({ id, version, hash }: AgreementRef): z.input<typeof AgreementRefAnswer> => ({
  agreement_id: id,
  version,
  hash,
});

const TermsAnswer = z.object({
  purposes: z.array(z.string()),
  legal_basis: z.enum(LEGAL_BASES),
  legal_basis_note: z.string(),
  kinds: z.array(z.enum(["user", "business"])),
  sections: z.array(z.string()).describe("Blocks that may be shared, by their names in `features`."),
  media: z.boolean(),
  ttl_ceiling_in_seconds: z.int(),
  onward_sharing: z.boolean(),
  retention_in_days: z.int(),
  transfer_mechanism: z.enum(TRANSFER_MECHANISMS),
  transfer_note: z.string(),
  review_on: z.string().describe("A day in UTC."),
  ends_on: z.string().nullable().describe("The last day, in UTC; null: until either side ends it."),
});

export const toTerms = (terms: AgreementTerms): z.input<typeof TermsAnswer> => ({
  purposes: terms.purposes,
  legal_basis: terms.legalBasis,
  legal_basis_note: terms.legalBasisNote,
  kinds: terms.kinds,
  sections: terms.sections,
  media: terms.media,
  ttl_ceiling_in_seconds: terms.ttlCeilingInSeconds,
  onward_sharing: terms.onwardSharing,
  retention_in_days: terms.retentionInDays,
  transfer_mechanism: terms.transferMechanism,
  transfer_note: terms.transferNote,
  review_on: terms.reviewOn,
  ends_on: terms.endsOn,
});

export const TermsBody = z.object({
  purposes: z.array(z.string()).min(1).max(MAX_PURPOSES),
  legal_basis: z.enum(LEGAL_BASES),
  legal_basis_note: z.string().max(500).optional(),
  kinds: z.array(z.enum(["user", "business"])).min(1),
  sections: z.array(z.enum(SECTIONS)).min(1).describe("Blocks that may be shared, by their names in `features`."),
  media: z.boolean(),
  ttl_ceiling_in_seconds: z.int().min(60).max(86_400),
  onward_sharing: z.boolean(),
  retention_in_days: z.int().min(1),
  transfer_mechanism: z.enum(TRANSFER_MECHANISMS),
  transfer_note: z.string().max(500).optional(),
  review_on: z.iso.date(),
  ends_on: z.iso.date().nullish(),
});

/** @throws invalid_input (terms that do not fit each other), naming the fields as the body does */
export function fromTerms(body: z.output<typeof TermsBody>): AgreementTerms {
  const given: Record<keyof AgreementTerms, unknown> = {
    purposes: body.purposes,
    legalBasis: body.legal_basis,
    legalBasisNote: body.legal_basis_note,
    kinds: body.kinds,
    sections: body.sections,
    media: body.media,
    ttlCeilingInSeconds: body.ttl_ceiling_in_seconds,
    onwardSharing: body.onward_sharing,
    retentionInDays: body.retention_in_days,
    transferMechanism: body.transfer_mechanism,
    transferNote: body.transfer_note,
    reviewOn: body.review_on,
    endsOn: body.ends_on ?? null,
  };
  const result = AgreementTerms.safeParse(given);
  if (result.success) return result.data;
  const faults: Record<string, string[]> = {};
  for (const { path, message } of result.error.issues) {
    const field = String(path[0]).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    faults[field] = [...(faults[field] ?? []), message];
  }
  throw new DomainError("invalid_input", "Check the terms.", { tree: { terms: faults } });
}

const VersionAnswer = z.object({
  version: z.int(),
  hash: z.string().describe("SHA-256 of `text` in UTF-8, in hex: what is signed."),
  state: z
    .enum(["proposed", "in_force", "expired", "replaced", "superseded", "withdrawn", "declined", "terminated"])
    .describe("`replaced` and `expired` were in force; `superseded` was proposed and overtaken by another proposal."),
  proposed_by_us: z.boolean(),
  proposed_at: z.string(),
  in_force_at: z.string().nullable(),
  closed_at: z.string().nullable(),
  signatures: z.array(z.object({ side: z.enum(SIDES), name: z.string(), role: z.string(), signed_at: z.string() })),
  terms: TermsAnswer,
  text: z.string(),
});

export const AgreementAnswer = z.object({
  as: z.enum(SIDES).describe("What you are in it."),
  agreement_id: z.uuid().nullable().describe("Null until somebody has proposed one."),
  relation: z.enum(RELATION_STATES),
  required: z.boolean().describe("Whether either of the two shares under an agreement only."),
  in_force: VersionAnswer.nullable(),
  proposed: VersionAnswer.nullable(),
  versions: z.array(VersionAnswer.omit({ terms: true, text: true })).describe("Newest first, at most 50."),
});

const isoOrNull = (at: Date | null) => at && isoSeconds(at);

const toVersion = (view: AgreementVersionView): z.input<typeof VersionAnswer> => ({
  version: view.version,
  hash: view.hash,
  state: view.standing,
  proposed_by_us: view.proposedByUs,
  proposed_at: isoSeconds(view.proposedAt),
  in_force_at: isoOrNull(view.inForceAt),
  closed_at: isoOrNull(view.closedAt),
  signatures: view.signatures.map(({ side, name, role, signedAt }) => ({
    side,
    name,
    role,
    signed_at: isoSeconds(signedAt),
  })),
  terms: toTerms(view.terms),
  text: view.text,
});

export function toAgreement(view: AgreementView): z.input<typeof AgreementAnswer> {
  const now = (standing: string) => view.versions.find((one) => one.standing === standing);
  const inForce = now("in_force");
  const proposed = now("proposed");
  return {
    as: view.as,
    agreement_id: view.id,
    relation: view.relation,
    required: view.requiredByUs || view.requiredByThem,
    in_force: inForce ? toVersion(inForce) : null,
    proposed: proposed ? toVersion(proposed) : null,
    versions: view.versions.map(toVersion),
  };
}

export const TERMS_EXAMPLE = {
  purposes: ["Opening an account with the receiver"],
  legal_basis: "contract",
  kinds: ["user"],
  sections: ["ID_VERIFICATION", "LIVENESS", "AML"],
  media: false,
  ttl_ceiling_in_seconds: 3600,
  onward_sharing: false,
  retention_in_days: 1825,
  transfer_mechanism: "not_needed",
  review_on: "2027-06-30",
  ends_on: null,
};

import { z } from "zod";
import type { Verdict } from "../partners/policy";

export const ImportInput = z.object({
  /** Without an upper bound: what is too long for a token is refused as an invalid one. */
  shareToken: z.string().trim().min(1),
  /** The workflow or one of its versions; absent: the default workflow of the token's kind (contract section 12, row 6). */
  workflowId: z.uuid().optional(),
  /** Absent: the receiver's setting for that partner (ruling 3). */
  trustReview: z.boolean().optional(),
  /** The receiver's own id of the person or company; absent: the issuer's is kept. */
  vendorData: z.string().trim().min(1).max(255).optional(),
});
export type ImportInput = z.input<typeof ImportInput>;
/** What is asked before an import is what would be asked of the import. */
export type PreviewInput = ImportInput;

export const TRUST_REASONS = ["requested", "partner_setting", "new_partner", "policy", "list_match"] as const;
export type TrustReason = (typeof TRUST_REASONS)[number];

export interface Trust {
  requested: boolean | null;
  effective: boolean;
  reasons: TrustReason[];
}

/** Ruling 3: what was asked for is obeyed; otherwise the receiver's setting; otherwise no trust. */
export function decideTrust(requested: boolean | undefined, partner: { trustDefault: boolean } | undefined): Trust {
  if (requested !== undefined) return { requested, effective: requested, reasons: ["requested"] };
  if (partner) return { requested: null, effective: partner.trustDefault, reasons: ["partner_setting"] };
  return { requested: null, effective: false, reasons: ["new_partner"] };
}

/** Ruling 3: the receiver's own policy may take trust back, never give it. */
export function afterPolicy(trust: Trust, verdict: Pick<Verdict, "outcome"> | null): Trust {
  if (!verdict || verdict.outcome === "keep") return trust;
  return { ...trust, effective: false, reasons: [...trust.reasons, "policy"] };
}

/** A match on the receiver's own lists is told among the reasons; trust that it takes back is no longer in effect. */
export function afterLists(trust: Trust, met: { matched: boolean; narrowed: boolean }): Trust {
  if (!met.matched) return trust;
  return { ...trust, effective: trust.effective && !met.narrowed, reasons: [...trust.reasons, "list_match"] };
}

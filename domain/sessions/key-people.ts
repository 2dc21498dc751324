import { v4 as uuid } from "uuid";
import type { Decision } from "./decision";

type Party = { uuid?: string | null; kyc_session_id?: string | null };

function partiesOf(decision: Decision): Party[] {
  return (decision.key_people_checks ?? []).flatMap((check) => [
    ...(check.registry?.officers ?? []),
    ...(check.registry?.beneficial_owners ?? []),
    ...(check.submitted?.parties ?? []),
  ]);
}

/** The vendor's ids of the sessions that verified a company's key people. */
export const childReferences = (decision: Decision): string[] =>
  partiesOf(decision).flatMap((party) => party.kyc_session_id ?? []);

/** Key people's `kyc_session_id` names the vendor's session; here it becomes a link to ours, kept outside the record. */
export function linkKeyPeople(decision: Decision, ourIdOf: ReadonlyMap<string, string>) {
  const links: { partyId: string; childSessionId: string }[] = [];
  const notes: { path: string; message: string }[] = [];
  const copy = structuredClone(decision);
  for (const party of partiesOf(copy)) {
    if (!party.kyc_session_id) continue;
    const childSessionId = ourIdOf.get(party.kyc_session_id);
    party.uuid ??= uuid();
    if (childSessionId) links.push({ partyId: party.uuid, childSessionId });
    else
      notes.push({
        path: "key_people_checks",
        message: `The KYC session ${party.kyc_session_id} of a key person is not here; the person is kept without it.`,
      });
    party.kyc_session_id = null;
  }
  return { decision: copy, links: [...new Map(links.map((link) => [link.partyId, link])).values()], notes };
}

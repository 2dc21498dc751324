import type { Tx } from "@/db/client";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record";
import { enqueue } from "../outbox/enqueue";
import type { Side } from "../partners/relation-rules";

type Fact = "agreement.propose" | "agreement.sign" | "agreement.withdraw" | "agreement.decline" | "agreement.terminate";

export interface Told {
  agreement_id: string;
  version: number;
  hash: string;
  /** What the version is from now on; `signed` when the other side has not signed it yet. */
  state: string;
}

/** Both trails learn of it, the other side's through the outbox and without who did it. */
export async function tellOfAgreement(
  tx: Tx,
  actor: Actor,
  other: string,
  as: Side,
  action: Fact,
  told: Told,
): Promise<void> {
  const theirs = as === "issuer" ? "receiver" : "issuer";
  await Promise.all([
    recordAudit(tx, actor, {
      action,
      subjectKind: "partner",
      subjectId: other,
      counterpartyApplicationId: other,
      detail: { side: as, ...told },
    }),
    enqueue(
      tx,
      actor.applicationId,
      { type: "partner.agreement_changed", payload: { partner_application_id: other, side: as, ...told } },
      {
        type: "partner.agreement_changed",
        toApplicationId: other,
        payload: { partner_application_id: actor.applicationId, side: theirs, ...told },
      },
    ),
  ]);
}

"use server";

import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { lookUpApplication } from "@/domain/partners/partners";
import { mintShareTokens } from "@/domain/share-tokens/mint";
import { revokeSharesOfSession, stopSharingWith } from "@/domain/share-tokens/revoke";
import { MintInput } from "@/domain/share-tokens/rules";
import { env } from "@/env";
import { action } from "@/lib/action";
import type { MintedBatch, Receiver } from "./minted";

/** Who is behind an application id or client id, before anything is minted for it. */
export const lookUpApplicationAction = action(
  z.object({ applicationId: z.string().trim().min(1).max(100) }),
  async (actor, input): Promise<Receiver> => {
    const found = await lookUpApplication(actor, input);
    if (!found) throw invalidField("for_application_id", "Application not found.");
    return receiver(found);
  },
);

export const mintShareTokensAction = action(
  MintInput.required({ forApplicationId: true }),
  async (actor, input): Promise<MintedBatch> => {
    const target = await lookUpApplication(actor, { applicationId: input.forApplicationId });
    if (!target) throw invalidField("for_application_id", "Application not found.");
    const results = await mintShareTokens(actor, input);
    return {
      receiver: receiver(target),
      publicUrl: env().publicUrl,
      results: results.map((result) => {
        if (!result.ok) {
          // The scope itself was checked above: what is left is that the session came from there.
          const invalid = result.error.fields?.share ? "nothing_shared" : "shared_back";
          const code = result.code === "invalid_input" ? invalid : result.code;
          return { ok: false, sessionId: result.sessionId, code };
        }
        const { id, token, claims, sessionId, sessionNumber, sessionKind, terms, expiresAt } = result;
        const shown = input.handOff === "manual" ? token : null;
        return { ok: true, id, token: shown, claims, sessionId, sessionNumber, sessionKind, terms, expiresAt };
      }),
    };
  },
  ["/share-tokens"],
);

function receiver({ id, name, organisationName, environment }: Receiver): Receiver {
  return { id, name, organisationName, environment };
}

export const revokeSharesOfSessionAction = action(z.object({ sessionId: z.uuid() }), revokeSharesOfSession, [
  "/share-tokens",
]);

/** The name is asked for so that nobody stops the wrong partner; an API call names it by its id. */
export const stopSharingAction = action(
  z.object({ partnerApplicationId: z.uuid(), typedName: z.string().trim().max(500) }),
  async (actor, { partnerApplicationId, typedName }) => {
    const partner = await lookUpApplication(actor, { applicationId: partnerApplicationId });
    if (partner?.organisationName !== typedName) throw invalidField("typedName", "This is not the partner's name.");
    const { revoked } = await stopSharingWith(actor, { partnerApplicationId });
    return { revoked };
  },
  ["/share-tokens", "/partners"],
);

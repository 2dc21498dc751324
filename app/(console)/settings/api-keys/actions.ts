"use server";

import { addDays } from "date-fns";
import { z } from "zod";
import { ApiKeyInput, createApiKey, revokeApiKey } from "@/domain/access/api-keys";
import { ApiKeyChanges, RotateInput, rotateApiKey, updateApiKey } from "@/domain/access/change-api-key";
import { createPrimaryApiKey, revealPrimaryApiKey } from "@/domain/access/primary-api-key";
import { action } from "@/lib/action";

const PATH = ["/settings/api-keys"];
/** Null: it never expires. */
const expiresInDays = z.int().min(1).max(3650).nullable();
const inDays = (days: number | null) => (days === null ? null : addDays(new Date(), days));

export const createApiKeyAction = action(
  ApiKeyInput.omit({ expiresAt: true }).extend({ expiresInDays }),
  (actor, { expiresInDays, ...input }) => createApiKey(actor, { ...input, expiresAt: inDays(expiresInDays) }),
  PATH,
);

export const updateApiKeyAction = action(
  ApiKeyChanges.omit({ expiresAt: true }).extend({ expiresInDays: expiresInDays.optional() }),
  (actor, { expiresInDays, ...input }) =>
    updateApiKey(actor, expiresInDays === undefined ? input : { ...input, expiresAt: inDays(expiresInDays) }),
  PATH,
);

export const rotateApiKeyAction = action(RotateInput, rotateApiKey, PATH);
export const revokeApiKeyAction = action(z.object({ id: z.uuid() }), revokeApiKey, PATH);
export const createPrimaryApiKeyAction = action(z.object({}), (actor) => createPrimaryApiKey(actor), PATH);
export const revealPrimaryApiKeyAction = action(z.object({}), (actor) =>
  revealPrimaryApiKey(actor, actor.applicationId),
);

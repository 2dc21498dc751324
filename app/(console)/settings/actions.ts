"use server";

import { addDays } from "date-fns";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { ApiKeyInput, createApiKey, revokeApiKey } from "@/domain/access/api-keys";
import { ApplicationSettings, updateApplication } from "@/domain/access/settings";
import { action } from "@/lib/action";

export const updateApplicationAction = action(ApplicationSettings, async (actor, input) => {
  await updateApplication(actor, input);
  // The frame shows name and environment on every page.
  revalidatePath("/", "layout");
});

export const createApiKeyAction = action(
  ApiKeyInput.omit({ expiresAt: true }).extend({ expiresInDays: z.int().min(1).max(3650).nullable() }),
  (actor, { expiresInDays, ...input }) =>
    createApiKey(actor, expiresInDays === null ? input : { ...input, expiresAt: addDays(new Date(), expiresInDays) }),
  ["/settings/api-keys"],
);

export const revokeApiKeyAction = action(z.object({ id: z.uuid() }), revokeApiKey, ["/settings/api-keys"]);

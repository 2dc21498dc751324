"use server";

import { z } from "zod";
import { revokeShareToken } from "@/domain/share-tokens/revoke";
import { action } from "@/lib/action";

export const revokeShareTokenAction = action(z.object({ shareTokenId: z.uuid() }), revokeShareToken, ["/share-tokens"]);

import { z } from "zod";
import { refreshTokens } from "@/domain/access/access-tokens";
import { TokensAnswer, toTokens } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Ours: the contract hands out refresh tokens and does not say where they are exchanged. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/refresh/",
  summary: "Exchange a refresh token",
  description:
    "A refresh token works once, within 30 days. One that was used before ends the sign-in, because two people hold it.",
  caller: "anyone",
  body: z.object({ refresh_token: z.string().min(1).max(200) }),
  errors: ["unauthenticated"],
  responds: { status: 200, description: "New tokens.", schema: TokensAnswer },
  run: async (_, { body }) => toTokens(await refreshTokens(body.refresh_token)),
});

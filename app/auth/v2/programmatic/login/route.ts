import { z } from "zod";
import { signInForTokens } from "@/domain/access/token-sign-in";
import { TokensAnswer, toTokens } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/login/",
  summary: "Sign in",
  description:
    "Five failures lock the account for 15 minutes, ten for an hour, twenty for a day; a locked account is a 429 with `Retry-After`.",
  caller: "anyone",
  body: z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(1024) }),
  errors: ["unauthenticated"],
  responds: { status: 200, description: "Signed in.", schema: TokensAnswer.extend({ message: z.string() }) },
  run: async (_, { body, from }) => ({
    ...toTokens(await signInForTokens(body, from)),
    message: "Login successful.",
  }),
});

import { z } from "zod";
import { VerifyInput, verifyEmailForTokens } from "@/domain/access/registration";
import { TokensAnswer, toTokens } from "@/domain/access/wire";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/verify-email/",
  summary: "Exchange the code for an account",
  description:
    "Creates the account with an organization and a sandbox application of its own, and signs in. A code is valid for 15 minutes and for five guesses.",
  caller: "anyone",
  body: VerifyInput,
  errors: ["verification_code_invalid"],
  responds: {
    status: 200,
    description: "The account, its organization and its application with the primary API key.",
    schema: TokensAnswer.extend({
      organization: z.object({ uuid: z.uuid(), name: z.string() }),
      application: z.object({ uuid: z.uuid(), name: z.string(), client_id: z.string(), api_key: z.string() }),
    }),
  },
  run: async (_, { body, from }) => {
    const { tokens, organisation, application, key } = await verifyEmailForTokens(body, from);
    return {
      ...toTokens(tokens),
      organization: { uuid: organisation.id, name: organisation.name },
      application: {
        uuid: application.id,
        name: application.name,
        client_id: application.clientId,
        api_key: key,
      },
    };
  },
});

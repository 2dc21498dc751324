import { z } from "zod";
import { ResendInput, resendCode } from "@/domain/access/registration";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/resend-otp/",
  summary: "Send a fresh code",
  description:
    "At most one per minute for one e-mail address, and out of the same hourly budget as `register`. The answer is the same whether a registration waits for a code or not.",
  caller: "anyone",
  body: ResendInput,
  responds: { status: 200, description: "A code is on its way if one was waited for.", schema: z.object({}) },
  run: async (_, { body, from }) => {
    await resendCode(body, from);
    return {};
  },
});

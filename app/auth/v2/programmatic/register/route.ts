import { z } from "zod";
import { RegisterInput, register } from "@/domain/access/registration";
import { accountRoute } from "@/lib/account-route";

/** Contract section 6. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/register/",
  summary: "Register an account",
  description:
    "Sends a code of six characters to the address; `verify-email` exchanges it for an account. Calling again sends a fresh code. Five calls per address and hour.",
  caller: "anyone",
  body: RegisterInput,
  errors: ["forbidden"],
  responds: {
    status: 201,
    description: "A code is on its way.",
    schema: z.object({ message: z.string(), email: z.string() }),
  },
  run: async (_, { body, from }) => ({
    message: "Registration received. Check your email for the verification code.",
    ...(await register(body, from)),
  }),
});

import { z } from "zod";
import { accessTokenKeys } from "@/domain/access/access-tokens";
import { accountRoute } from "@/lib/account-route";

/** Ours: where clients that verify access tokens themselves find the public keys. */
export const GET = accountRoute({
  method: "GET",
  path: "/auth/v2/jwks/",
  summary: "Public keys of access tokens",
  description: "RFC 7517. A signature says who a token was made for, not that it still counts: introspect for that.",
  caller: "anyone",
  responds: {
    status: 200,
    description: "The keys that access tokens may be signed with.",
    schema: z.object({
      keys: z.array(
        z.object({ kty: z.string(), n: z.string(), e: z.string(), kid: z.string(), alg: z.string(), use: z.string() }),
      ),
    }),
  },
  run: () => accessTokenKeys(),
});

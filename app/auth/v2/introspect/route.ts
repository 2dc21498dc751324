import { z } from "zod";
import { introspect } from "@/domain/access/token-sign-in";
import { accountRoute } from "@/lib/account-route";
import { unauthenticated } from "@/lib/identify";

/** Contract section 6, RFC 7662. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/introspect/",
  summary: "Introspect an access token",
  description:
    "For an application, by HTTP Basic with its client id and one of its API keys. Live tokens of members of the application's own organization are active; every other token is not.",
  caller: "anyone",
  body: z.object({ token: z.string().min(1).max(4096), requested_org: z.uuid().nullish() }),
  errors: ["unauthenticated"],
  responds: {
    status: 200,
    description: "What the token is worth here.",
    schema: z.union([
      z.object({
        active: z.literal(true),
        exp: z.int(),
        scope: z.string(),
        org_permissions: z.array(z.string()),
        organization_id: z.uuid(),
        client_id: z.string(),
        sub: z.uuid(),
        user_id: z.uuid(),
        identifier: z.string(),
        role: z.string(),
        has_2fa_enabled: z.boolean(),
      }),
      z.object({ active: z.literal(false) }),
    ]),
  },
  run: async (_, { body, request, from }) => {
    const basic = /^basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(request.headers.get("authorization")?.trim() ?? "")?.[1];
    const [clientId = "", ...secret] = Buffer.from(basic ?? "", "base64")
      .toString("utf8")
      .split(":");
    const answer = await introspect({ clientId, secret: secret.join(":"), ip: from.ip }, body.token);
    if (!answer) throw unauthenticated();
    const { found } = answer;
    if (!found || (body.requested_org && body.requested_org !== found.organisationId)) return { active: false };
    return {
      active: true,
      exp: found.exp,
      scope: found.permissions.join(" "),
      org_permissions: [...found.permissions],
      organization_id: found.organisationId,
      client_id: found.clientId,
      sub: found.person.memberId,
      user_id: found.person.memberId,
      identifier: found.person.email,
      role: found.role,
      has_2fa_enabled: false,
    };
  },
});

import { closeTokenSession } from "@/domain/access/access-tokens";
import { accountRoute } from "@/lib/account-route";

/** Ours. */
export const POST = accountRoute({
  method: "POST",
  path: "/auth/v2/programmatic/logout/",
  summary: "Sign out",
  description: "The access token and its refresh token stop working at once.",
  caller: "person",
  responds: { status: 204, description: "Signed out." },
  run: (person) => closeTokenSession(person),
});

import { acceptPartnerLink } from "@/domain/partners/links";
import { AcceptLinkBody, PairedAnswer, toPaired } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: pairs by a link. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/links/accept/",
  summary: "Pair by a link",
  description: "The relation is active at once. A link that is wrong, used, taken back or expired is a 404.",
  privilege: "write:partners",
  body: AcceptLinkBody,
  bodyExample: { link: "https://aval.example/partners/accept#7Jm0" },
  responds: { status: 201, description: "Paired.", schema: PairedAnswer },
  errors: ["not_found", "environment_mismatch", "conflict"],
  run: (actor, { body }) => acceptPartnerLink(actor, body),
  answer: toPaired,
});

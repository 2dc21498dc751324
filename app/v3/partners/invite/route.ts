import { invitePartner } from "@/domain/partners/pairing";
import { InvitePartnerBody, PairedAnswer, toPaired } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: pairing, by the other side's ids. */
export const POST = route({
  method: "POST",
  path: "/v3/partners/invite/",
  summary: "Invite a partner",
  description:
    "One way: to take in from them, or to hand over to them. They accept or decline. Pairing is not needed to share: the first share between two makes them partners. People pair: send a member's access token, API keys do not have the privilege.",
  privilege: "write:partners",
  body: InvitePartnerBody,
  bodyExample: { application_id: "3f2b8c1e-0d7a-4c55-9a53-5f0d8f1f5b61", as: "receiver" },
  responds: { status: 201, description: "Invited.", schema: PairedAnswer },
  errors: ["environment_mismatch", "conflict"],
  run: (actor, { body }) => invitePartner(actor, { application: body.application_id, as: body.as }),
  answer: toPaired,
});

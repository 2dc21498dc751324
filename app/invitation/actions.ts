"use server";

import { z } from "zod";
import { AcceptInput, acceptInvitation, readInvitation } from "@/domain/access/invitation";
import { visitorAction } from "@/lib/visitor";

export const readInvitationAction = visitorAction(z.object({ token: z.string().max(500) }), (input) =>
  readInvitation(input),
);

export const acceptInvitationAction = visitorAction(AcceptInput, async (input, from) => {
  await acceptInvitation(input, from);
});

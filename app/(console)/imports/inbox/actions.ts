"use server";

import { z } from "zod";
import { acknowledgeToken, readInboxItem } from "@/domain/share-inbox/inbox";
import { action } from "@/lib/action";

const Named = z.object({ shareTokenId: z.uuid() });

export const acknowledgeTokenAction = action(Named, acknowledgeToken, ["/imports"]);

/** The token itself, for the screen that redeems: it goes from here into the page, and into no address. */
export const openInboxTokenAction = action(Named, async (actor, input) => {
  const { token, state } = await readInboxItem(actor, input);
  return { token, state };
});

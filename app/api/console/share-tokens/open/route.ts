import { countOpenTokens } from "@/domain/share-tokens/ledger-list";
import { consoleRead, idOf, searchOf } from "@/lib/console-read";

/** How many open tokens a partner holds. */
export const GET = consoleRead(async (actor, request) => ({
  open: await countOpenTokens(actor, { partnerApplicationId: idOf(searchOf(request).partner ?? "") }),
}));

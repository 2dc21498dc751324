import { getTimeZone } from "next-intl/server";
import { DomainError } from "@/domain/errors";
import type { ExportListName } from "@/domain/exports/rules";
import { filterFrom as auditFilter } from "../audit/load";
import { filterOf as entityFilter } from "../entities/load";
import { loadSearchParams as entityParams } from "../entities/search-params";
import { filterFrom as importFilter } from "../imports/load";
import { filterOf as sessionFilter } from "../sessions/load";
import { loadSearchParams as sessionParams } from "../sessions/search-params";
import { filterFrom as ledgerFilter } from "../share-tokens/load";

/**
 * What an address and the words of a search select, as the list's own screen reads them: an export holds what is shown.
 * @throws invalid_input for what no row can match
 */
export async function filterOf(
  list: ExportListName,
  query: string,
  words: string | null,
): Promise<Record<string, unknown>> {
  const address = new URLSearchParams(query);
  const params = Object.fromEntries(address);
  const timeZone = await getTimeZone();
  const filter = await {
    sessions: async () => sessionFilter(await sessionParams(address), words, timeZone),
    users: async () => entityFilter("user", await entityParams(address), words, timeZone),
    businesses: async () => entityFilter("business", await entityParams(address), words, timeZone),
    imports: async () => (await importFilter(params)).filter,
    share_tokens: async () => (await ledgerFilter(params)).filter,
    audit: async () => (await auditFilter(params)).filter,
    partners: async () => ({}),
  }[list]();
  if (!filter) throw new DomainError("invalid_input", "No row can match these filters.");
  return { ...filter };
}

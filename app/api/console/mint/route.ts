import type { MintContext } from "@/components/share-tokens/minted";
import { listMintRules } from "@/domain/agreements/ceilings";
import { listPartners } from "@/domain/partners/partners";
import { env } from "@/env";
import { consoleRead } from "@/lib/console-read";

/** Whom the current application may share with, read when the mint dialog opens. */
export const GET = consoleRead(async (actor): Promise<MintContext> => {
  const partners = await listPartners(actor);
  return {
    applicationId: actor.applicationId,
    environment: actor.environment,
    publicUrl: env().publicUrl,
    rules: await listMintRules(
      actor,
      partners.map(({ applicationId }) => applicationId),
    ),
    partners: partners.flatMap(({ application }) => (application ? [application] : [])),
  };
});

import type { MintContext } from "@/components/share-tokens/minted";
import { DomainError } from "@/domain/errors";
import { listPartners } from "@/domain/partners/partners";
import { env } from "@/env";
import { currentActor } from "@/lib/auth";
import { problemOf } from "@/lib/problem";

/** Whom the current application may share with, read when the mint dialog opens. */
export async function GET() {
  try {
    const actor = await currentActor();
    if (!actor) throw new DomainError("unauthenticated", "You are signed out.");
    const partners = await listPartners(actor);
    const answer: MintContext = {
      applicationId: actor.applicationId,
      environment: actor.environment,
      publicUrl: env().publicUrl,
      partners: partners.flatMap(({ application }) => (application ? [application] : [])),
    };
    return Response.json(answer);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { status, body } = problemOf(error);
    return Response.json(body, { status });
  }
}

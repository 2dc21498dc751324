"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { organisationsOf, switchApplication } from "@/domain/access/console";
import type { Actor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { importSharedSession } from "@/domain/imports/import";
import { type InspectedToken, inspectShareToken } from "@/domain/imports/inspect";
import { ImportInput } from "@/domain/imports/rules";
import { readClaims } from "@/domain/share-tokens/token";
import { requestSteps } from "@/domain/step-requests/request";
import { Steps } from "@/domain/step-requests/rules";
import { action } from "@/lib/action";
import { currentSession } from "@/lib/auth";

/** An application of the member's own that the token is for. */
export type SwitchTarget = { id: string; name: string; organisationName: string };
export type TokenReading = { says: InspectedToken; switchTo: SwitchTarget | null };

export const inspectTokenAction = action(
  z.object({ shareToken: z.string().min(1).max(4096) }),
  async (actor, input): Promise<TokenReading> => {
    const says = await inspectShareToken(actor, input);
    return {
      says,
      switchTo: says.state === "wrong_application" ? await ownApplicationFor(actor, input.shareToken) : null,
    };
  },
);

async function ownApplicationFor(actor: Actor, token: string): Promise<SwitchTarget | null> {
  const wanted = readClaims(token)?.for_application_id;
  for (const organisation of await organisationsOf(actor.id)) {
    const found = organisation.applications.find((application) => application.id === wanted);
    if (found) return { id: found.id, name: found.name, organisationName: organisation.name };
  }
  return null;
}

export const requestStepsAction = action(
  z.object({ shareToken: z.string().min(1).max(4096), steps: Steps }),
  async (actor, input) => {
    const { id } = await requestSteps(actor, input);
    return { id };
  },
  ["/requests"],
);

export const importTokenAction = action(
  ImportInput,
  async (actor, input) => {
    const { sessionId, sessionNumber, status, policy } = await importSharedSession(actor, input);
    return { sessionId, sessionNumber, status, objections: policy?.reasons ?? [] };
  },
  ["/imports", "/sessions"],
);

/** Switches and stays on the page, so that what was pasted need not be pasted again. */
export const switchAndStayAction = action(z.object({ applicationId: z.uuid() }), async (_, input) => {
  const session = await currentSession();
  if (!session) throw new DomainError("unauthenticated", "You are signed out.");
  await switchApplication({ sid: session.sid, memberId: session.member.id }, input.applicationId);
  revalidatePath("/", "layout");
});

import type { Actor } from "../actor";
import { DomainError } from "../errors";
import {
  createDestination,
  type DestinationView,
  listDestinations,
  revealDestination,
  updateDestination,
} from "./destinations";
import type { WebhookVersion } from "./rules";

/** The one webhook of an older configuration: the application's oldest destination (contract section 5.1). */
export interface SingleWebhook {
  destination: DestinationView | null;
  secret: string;
}

/** @throws forbidden */
export async function readSingleWebhook(actor: Actor): Promise<SingleWebhook> {
  const [oldest] = await listDestinations(actor);
  if (!oldest) return { destination: null, secret: "" };
  try {
    return await revealDestination(actor, oldest.id);
  } catch (error) {
    // Deleted meanwhile: now another one is the oldest, or none is.
    if (error instanceof DomainError && error.code === "not_found") return readSingleWebhook(actor);
    throw error;
  }
}

/**
 * Changes it; a first URL adds it, subscribed to what happens to sessions, and no URL disables it.
 * @throws forbidden, invalid_input
 */
export async function changeSingleWebhook(
  actor: Actor,
  changes: { url?: string | null; webhookVersion?: WebhookVersion; rotateSecret?: boolean },
): Promise<SingleWebhook> {
  const { url, ...rest } = changes;
  const [oldest] = await listDestinations(actor);
  if (!oldest) {
    if (!url) return { destination: null, secret: "" };
    return createDestination(actor, {
      url,
      subscribedEvents: ["status.updated", "data.updated"],
      webhookVersion: rest.webhookVersion,
    });
  }
  try {
    await updateDestination(actor, {
      destinationId: oldest.id,
      ...rest,
      ...(url === null ? { enabled: false } : url !== undefined && { url, enabled: true }),
    });
    return await revealDestination(actor, oldest.id);
  } catch (error) {
    // Deleted meanwhile: now another one is the oldest, or none is.
    if (error instanceof DomainError && error.code === "not_found") return changeSingleWebhook(actor, changes);
    throw error;
  }
}

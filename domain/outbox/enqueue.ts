import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { outbox, partnerAutomations } from "@/db/schema";
import { isFinished } from "../sessions/rules";
import { publish } from "../webhooks/publish";
import type { WebhookEvent } from "../webhooks/rules";

/** Ids and codes; whoever delivers reads the rest when it sends. */
type Payload = Record<string, string | number | boolean | null>;

/** `toApplicationId`: a relay, for the application that must learn of it; its own worker decides what to make of it. */
export type OutgoingEvent =
  | { type: WebhookEvent; toApplicationId?: string; payload: Payload }
  | { type: "share_token.previewed"; toApplicationId: string; payload: Payload };

/**
 * Queues events in the act's own transaction: they leave if and only if it commits. However many there are, they travel as
 * one parameter: a hundred thousand of a partner's tokens can be taken back in one act.
 */
export const enqueue = (
  tx: Tx,
  applicationId: string,
  ...events: (OutgoingEvent | readonly OutgoingEvent[])[]
): Promise<void> => enqueueHeld(tx, applicationId, 0, events.flat());

/** The same for what can still be taken back: nothing leaves before `seconds` are over. */
export async function enqueueHeld(
  tx: Tx,
  applicationId: string,
  seconds: number,
  events: readonly OutgoingEvent[],
): Promise<void> {
  const relays = events.filter((event) => event.toApplicationId);
  const own = events.flatMap((event) =>
    event.type === "share_token.previewed" || event.toApplicationId ? [] : [event],
  );
  const finished = own.filter(({ type, payload }) => type === "status.updated" && isFinished(String(payload.status)));
  await Promise.all([
    publish(tx, applicationId, own, seconds),
    relays.length > 0 &&
      tx.execute(sql`
        insert into ${outbox} (application_id, id, type, to_application_id, payload, available_at)
        select ${applicationId}::uuid, id, type, to_application_id, payload, now() + make_interval(secs => ${seconds})
        from jsonb_to_recordset(${JSON.stringify(
          relays.map(({ type, toApplicationId, payload }) => ({
            id: uuid(),
            type,
            to_application_id: toApplicationId,
            payload,
          })),
        )}::text::jsonb) as relay(id uuid, type text, to_application_id uuid, payload jsonb)`),
    finished.length > 0 && mindFinished(tx, applicationId, finished, seconds),
  ]);
}

/** Where something is switched on that waits for finished sessions, the worker looks at each of these. */
function mindFinished(
  tx: Tx,
  applicationId: string,
  finished: readonly { payload: Payload }[],
  seconds: number,
): Promise<unknown> {
  return tx.execute(sql`
    insert into ${outbox} (application_id, id, type, to_application_id, payload, available_at)
    select ${applicationId}::uuid, gen_random_uuid(), 'status.updated', ${applicationId}::uuid, given.payload,
      now() + make_interval(secs => ${seconds})
    from jsonb_array_elements(${JSON.stringify(finished.map(({ payload }) => payload))}::text::jsonb) as given(payload)
    where exists (select from ${partnerAutomations} a
      where a.application_id = ${applicationId}::uuid and a.side = 'issuer' and a.enabled)`);
}

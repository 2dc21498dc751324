import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { webhookDeliveries, webhookDestinations, webhookEvents, webhookQueues } from "@/db/schema";
import { GIVE_UP_AFTER_HOURS, PULL_QUIET_SECONDS, type WebhookEvent } from "./rules";

export interface PublishedEvent {
  type: WebhookEvent;
  payload: Record<string, string | number | boolean | null>;
}

const SUBJECTS = [
  "session_id",
  "entity_id",
  "share_token_id",
  "step_request_id",
  "pull_request_id",
  "partner_application_id",
  "destination_id",
];

/** Whose order is kept: the session's before anything else that the event names. */
function subjectOf(event: PublishedEvent, id: string): string {
  const named = SUBJECTS.map((name) => event.payload[name]).find((value) => typeof value === "string");
  return (named as string | undefined) ?? id;
}

/**
 * Writes events, and one delivery for every destination that is subscribed now, in the act's own transaction. One
 * statement, however many there are of either. None of them is sent before `heldForSeconds` are over.
 */
export async function publish(
  tx: Tx,
  applicationId: string,
  events: PublishedEvent[],
  heldForSeconds = 0,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, position) => {
    const id = randomUUID();
    return { position, id, type: event.type, subject_id: subjectOf(event, id), payload: event.payload };
  });
  await tx.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as g(position int, id uuid, type text, subject_id uuid, payload jsonb)
      order by position
    ), written as (
      insert into ${webhookEvents} (application_id, id, type, subject_id, payload)
      select ${applicationId}::uuid, id, type, subject_id, payload from given
    )
    insert into ${webhookDeliveries} (application_id, id, destination_id, event_id, type, subject_id, give_up_at,
      due_at)
    select ${applicationId}::uuid, gen_random_uuid(), d.id, g.id, g.type, g.subject_id,
      now() + make_interval(hours => ${GIVE_UP_AFTER_HOURS}),
      clock_timestamp() + make_interval(secs => ${heldForSeconds})
    from given g
    join ${webhookDestinations} d on d.application_id = ${applicationId}::uuid and d.enabled and d.deleted_at is null
      and g.type = any(d.subscribed_events)
    join ${webhookQueues} q on q.application_id = d.application_id and q.destination_id = d.id
      and (d.transport = 'push' or q.pulled_at > now() - make_interval(secs => ${PULL_QUIET_SECONDS}))
    order by g.position`);
}

import { sql } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { entities } from "@/db/schema";
import type { OutgoingEvent } from "../outbox/enqueue";
import type { SessionKind } from "../sessions/rules";

/** Creates the User or Business of each `vendor_data`, or joins the one that exists. Returns ids by `kind:vendor_data`. */
export async function joinEntities(
  tx: Tx,
  applicationId: string,
  of: { kind: SessionKind; vendorData: string | null }[],
  now: Date,
): Promise<Map<string, string>> {
  const wanted = new Map(
    of
      .filter((one) => one.vendorData !== null)
      .map((one) => [entityKey(one.kind, one.vendorData), one as { kind: SessionKind; vendorData: string }]),
  );
  if (wanted.size === 0) return new Map();
  const rows = await tx
    .insert(entities)
    .values(
      [...wanted.values()].map(({ kind, vendorData }) => ({
        applicationId,
        id: uuid(),
        kind,
        vendorData,
        createdAt: now,
        lastActivityAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: [entities.applicationId, entities.kind, entities.vendorData],
      set: { lastActivityAt: sql`greatest(${entities.lastActivityAt}, excluded.last_activity_at)` },
    })
    .returning({ id: entities.id, kind: entities.kind, vendorData: entities.vendorData });
  return new Map(rows.map((row) => [entityKey(row.kind, row.vendorData), row.id]));
}

export const entityKey = (kind: SessionKind, vendorData: string | null) => `${kind}:${vendorData}`;

/** What joining has changed of persons and companies, for those who keep a copy: one event each (contract section 12, row 15). */
export function joinedEvents(of: readonly { kind: SessionKind; entityId: string | null }[]): OutgoingEvent[] {
  const joined = new Map(of.flatMap(({ kind, entityId }) => (entityId ? [[entityId, kind] as const] : [])));
  return [...joined].map(([entityId, kind]) => ({
    type: `${kind}.data.updated` as const,
    payload: { entity_id: entityId, changed_fields: "session_count,last_session_at,features" },
  }));
}

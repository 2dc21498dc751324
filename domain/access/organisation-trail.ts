import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { applications } from "@/db/schema";
import type { OrganisationActor } from "../actor";
import { type AuditFact, recordAudit } from "../audit/record";

/**
 * Writes what happened to an organisation into the trail of each of its applications: who may decide in them changed,
 * and each trail is read by itself. Leaves the transaction fenced as it was.
 */
export async function recordInOrganisation(tx: Tx, actor: OrganisationActor, ...facts: AuditFact[]): Promise<void> {
  const rows = await tx
    .select({ id: applications.id, fence: sql<string>`coalesce(current_setting('aval.application_id', true), '')` })
    .from(applications)
    .where(eq(applications.organisationId, actor.organisationId))
    .orderBy(asc(applications.id));
  for (const { id } of rows) {
    await tx.execute(sql`select set_config('aval.application_id', ${id}, true)`);
    await recordAudit(tx, { ...actor, applicationId: id }, ...facts);
  }
  await tx.execute(sql`select set_config('aval.application_id', ${rows[0]?.fence ?? ""}, true)`);
}

import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { directory, inTenant } from "@/db/client";
import { applications } from "@/db/schema";
import { type Actor, authorize } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { ENVIRONMENTS, KYB_STATUS_FORMATS } from "./rules";

export type Application = typeof applications.$inferSelect;

/** @throws forbidden */
export async function readApplication(actor: Actor): Promise<Application> {
  authorize(actor, "read:settings");
  const [row] = await directory()
    .select()
    .from(applications)
    .where(and(eq(applications.id, actor.applicationId), isNull(applications.deletedAt)));
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

export const ApplicationSettings = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  kybStatusFormat: z.enum(KYB_STATUS_FORMATS).optional(),
});
export type ApplicationSettings = z.input<typeof ApplicationSettings>;

/**
 * Changes an application's settings. Sessions keep the environment in which they were made: after a switch, those of
 * the other environment can be read but not shared (ruling 6). Going live, it shares under an agreement only, as a live
 * application that is made in the console does, until an owner says otherwise.
 * @throws forbidden, not_found
 */
export async function updateApplication(actor: Actor, given: ApplicationSettings): Promise<Application> {
  authorize(actor, "write:settings");
  const changes = Object.fromEntries(
    Object.entries(ApplicationSettings.parse(given)).filter(([, value]) => value !== undefined),
  ) as ApplicationSettings;
  return inTenant(actor, async (tx) => {
    const [before] = await tx
      .select()
      .from(applications)
      .where(and(eq(applications.id, actor.applicationId), isNull(applications.deletedAt)))
      .for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    if (Object.keys(changes).length === 0) return before;
    const goesLive = changes.environment === "live" && before.environment !== "live";
    const [after] = await tx
      .update(applications)
      .set({ ...changes, ...(goesLive && { requireAgreement: true }) })
      .where(eq(applications.id, actor.applicationId))
      .returning();
    const switched = changes.environment && changes.environment !== before.environment;
    const requires = goesLive && !before.requireAgreement;
    await recordAudit(
      tx,
      actor,
      ...(requires
        ? [
            {
              action: "application.require_agreement_changed" as const,
              subjectKind: "application" as const,
              subjectId: actor.applicationId,
              detail: { from: false, to: true },
            },
          ]
        : []),
      {
        action: switched ? "application.environment_changed" : "application.settings_changed",
        subjectKind: "application",
        subjectId: actor.applicationId,
        detail: switched
          ? { from: before.environment, to: changes.environment! }
          : { changed: Object.keys(changes).join(",") },
      },
    );
    return after!;
  });
}

import { type AnyColumn, eq, type SQL } from "drizzle-orm";
import type { Fence } from "@/db/client";
import type { Environment, KybStatusFormat, Privilege } from "./access/rules";
import { DomainError } from "./errors";

/** Who is asking, for which application. During a request only `lib/` makes one. */
export interface Actor extends Fence {
  kind: "member" | "api_key" | "system";
  id: string;
  /** How audit entries and reviews name the actor: an e-mail address, a key's name, or `system`. */
  label: string;
  organisationId: string;
  environment: Environment;
  kybStatusFormat: KybStatusFormat;
  privileges: ReadonlySet<Privilege>;
  requestId?: string;
  ip?: string;
}

/** @throws forbidden */
export function authorize(actor: Actor, privilege: Privilege): void {
  if (!actor.privileges.has(privilege)) {
    throw new DomainError("forbidden", "You do not have permission to perform this action.");
  }
}

/** The tenant condition, in sight of reader and planner; row-level security enforces the same behind it. */
export function ownedBy(actor: Fence, table: { applicationId: AnyColumn }): SQL {
  return eq(table.applicationId, actor.applicationId);
}

/** For what the program does by itself inside one application. */
export function systemActor(application: {
  id: string;
  organisationId: string;
  environment: Environment;
  kybStatusFormat: KybStatusFormat;
}): Actor {
  return {
    kind: "system",
    id: "system",
    label: "system",
    applicationId: application.id,
    organisationId: application.organisationId,
    environment: application.environment,
    kybStatusFormat: application.kybStatusFormat,
    privileges: new Set<Privilege>(["read:sessions", "write:sessions"]),
  };
}

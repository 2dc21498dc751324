import { type AnyColumn, eq, type SQL } from "drizzle-orm";
import type { Fence } from "@/db/client";
import type { Environment, KeyLimits, KybStatusFormat, Privilege } from "./access/rules";
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
  /** Of a scoped API key; absent for everybody who may see all that the privileges name. */
  limits?: KeyLimits;
  /** Of an API key: agents may change things with it, over MCP. */
  agentWrites?: boolean;
  requestId?: string;
  ip?: string;
}

/** Whoever holds a session's link: they walk through that one session, and nothing else is there for them. */
export interface Applicant extends Fence {
  kind: "applicant";
  id: string;
  label: "applicant";
  sessionId: string;
  organisationId: string;
  kybStatusFormat: KybStatusFormat;
  requestId?: string;
  ip?: string;
}

/** Who is asking, for an organisation: what is done there belongs to no single application. */
export type OrganisationActor = Pick<
  Actor,
  "kind" | "id" | "label" | "organisationId" | "privileges" | "requestId" | "ip"
>;

/** @throws forbidden */
export function authorize(actor: Pick<Actor, "privileges">, privilege: Privilege): void {
  if (!actor.privileges.has(privilege)) {
    throw new DomainError("forbidden", "You do not have permission to perform this action.");
  }
}

/**
 * For what shows sessions without asking for one by one, such as the payloads of deliveries.
 * @throws forbidden for a key that may not see every session
 */
export function authorizeEverySession({ limits }: Pick<Actor, "limits">): void {
  if (limits?.workflowIds || limits?.statuses) {
    throw new DomainError("forbidden", "This API key is limited to some workflows or statuses and cannot do this.");
  }
}

/**
 * For what puts a session somewhere: a key must not make what it could not see itself.
 * @throws forbidden
 */
export function authorizeSession(
  { limits }: Pick<Actor, "limits">,
  session: { workflowId: string; status: string },
): void {
  const isWithin =
    (limits?.workflowIds?.includes(session.workflowId) ?? true) && (limits?.statuses?.includes(session.status) ?? true);
  if (!isWithin) {
    throw new DomainError("forbidden", "This API key is limited to other workflows or statuses and cannot do this.");
  }
}

/**
 * For what hands whole records on, now or later: webhooks carry every session of the application with its media.
 * @throws forbidden for a key with limits
 */
export function authorizeUnlimited(actor: Pick<Actor, "limits">): void {
  authorizeEverySession(actor);
  authorizeMedia(actor);
}

export const mayOpenMedia = ({ limits }: Pick<Actor, "limits">): boolean => limits?.media !== false;

/**
 * For files that hold pictures.
 * @throws forbidden
 */
export function authorizeMedia(actor: Pick<Actor, "limits">): void {
  if (!mayOpenMedia(actor)) throw new DomainError("forbidden", "This API key may not open media.");
}

/** The actor's fence for a transaction that is not the act's own: with its limits, without what runs before its commit. */
export const fenceOf = ({ applicationId, limits }: Fence): Fence => ({ applicationId, limits });

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

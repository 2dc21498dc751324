import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { directory } from "@/db/client";
import { applications, memberships, organisations } from "@/db/schema";
import { type Actor, authorize, type OrganisationActor } from "../actor";
import { DomainError } from "../errors";
import type { Person } from "./access-tokens";
import { lockOrganisation } from "./members";
import { recordInOrganisation } from "./organisation-trail";
import { privilegesOf, type Role } from "./rules";

export type Organisation = typeof organisations.$inferSelect;

/** Where a person belongs, by name. */
export async function listOrganisations(person: Person): Promise<(Organisation & { role: Role })[]> {
  const rows = await directory()
    .select({ organisation: organisations, role: memberships.role })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(eq(memberships.memberId, person.memberId))
    .orderBy(asc(organisations.name), asc(organisations.id));
  return rows.map(({ organisation, role }) => ({ ...organisation, role }));
}

interface Request {
  requestId?: string;
  ip?: string;
}

const requestOf = ({ requestId, ip }: Request): Request => ({ requestId, ip });

/**
 * The person as a member of one organisation, with the role they have there now.
 * @throws not_found when they have none
 */
export async function asMemberOf(person: Person, organisationId: string, request: Request): Promise<OrganisationActor> {
  const [row] = await directory()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), eq(memberships.memberId, person.memberId)));
  if (!row) throw new DomainError("not_found", "Not found.");
  return {
    kind: "member",
    id: person.memberId,
    label: person.email,
    organisationId,
    privileges: new Set(privilegesOf(row.role)),
    ...requestOf(request),
  };
}

/** What of a request to the flat routes of `/v3` says which application it is about. */
export interface ApplicationHint {
  /** Named by the caller: it must be theirs. */
  applicationId?: string;
  /** One of these is there, or nowhere that the caller could see: the act then says so. */
  sessionId?: string;
  ofToken?: { forApplicationId?: string };
}

/**
 * The person as a member working in one application of an organisation. The application is the one that is named, the
 * one of the session, or the organisation's only one.
 * @throws forbidden (not a member, or no such application there), invalid_input (it cannot be told which)
 */
export async function asMemberIn(
  person: Person,
  organisationId: string | null,
  hint: ApplicationHint,
  request: Request,
): Promise<Actor> {
  const rows = await directory()
    .select({ application: applications, role: memberships.role })
    .from(memberships)
    .innerJoin(
      applications,
      and(eq(applications.organisationId, memberships.organisationId), isNull(applications.deletedAt)),
    )
    .where(
      and(
        eq(memberships.memberId, person.memberId),
        organisationId ? eq(memberships.organisationId, organisationId) : undefined,
      ),
    )
    .orderBy(asc(applications.createdAt), asc(applications.id));
  if (rows.length === 0) throw noPermission();
  const isMine = (id: string | undefined) => rows.find((row) => row.application.id === id);
  if (hint.applicationId) {
    const named = isMine(hint.applicationId);
    if (!named) throw noPermission();
    return memberActor(person, named.application, named.role, request);
  }
  const guessed = hint.ofToken
    ? hint.ofToken.forApplicationId
    : await applicationOfSession(
        hint.sessionId,
        rows.map((row) => row.application.id),
      );
  if (rows.length > 1 && !hint.sessionId && !hint.ofToken) {
    throw new DomainError("invalid_input", "Say which application this is about.", {
      fields: { "X-Didit-Application-Id": ["This header is required: you work in several applications."] },
    });
  }
  const { application, role } = isMine(guessed) ?? rows[0]!;
  return memberActor(person, application, role, request);
}

const noPermission = () => new DomainError("forbidden", "You do not have permission to perform this action.");

async function applicationOfSession(sessionId: string | undefined, candidates: string[]): Promise<string | undefined> {
  if (!sessionId || candidates.length < 2) return undefined;
  const [row] = await directory().execute<{ id: string | null }>(
    sql`select application_of_session(${sessionId}::uuid, ${`{${candidates.join()}}`}::uuid[]) as id`,
  );
  return row?.id ?? undefined;
}

function memberActor(
  person: Person,
  application: typeof applications.$inferSelect,
  role: Role,
  request: Request,
): Actor {
  return {
    kind: "member",
    id: person.memberId,
    label: person.email,
    applicationId: application.id,
    organisationId: application.organisationId,
    environment: application.environment,
    kybStatusFormat: application.kybStatusFormat,
    privileges: new Set(privilegesOf(role)),
    ...requestOf(request),
  };
}

/** @throws forbidden, not_found */
export async function readOrganisation(actor: OrganisationActor): Promise<Organisation> {
  authorize(actor, "read:settings");
  const [row] = await directory().select().from(organisations).where(eq(organisations.id, actor.organisationId));
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

const optional = z
  .string()
  .trim()
  .max(120)
  .transform((text) => text || null)
  .nullable();

export const OrganisationChanges = z
  .object({
    name: z.string().trim().min(1).max(80),
    legalName: optional,
    /** ISO 3166-1 alpha-2, as registries use it. */
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^([A-Z]{2})?$/, "Enter a country code of two letters.")
      .transform((text) => text || null)
      .nullable(),
    ecosystemRole: optional,
    contactEmail: z
      .union([z.literal("").transform(() => null), z.email("Enter a valid email address.").max(254)])
      .nullable(),
  })
  .partial();
export type OrganisationChanges = z.input<typeof OrganisationChanges>;

/** @throws forbidden, not_found, invalid_input */
export async function updateOrganisation(actor: OrganisationActor, given: OrganisationChanges): Promise<Organisation> {
  authorize(actor, "write:organization");
  const changes = Object.fromEntries(
    Object.entries(OrganisationChanges.parse(given)).filter(([, value]) => value !== undefined),
  );
  return directory().transaction(async (tx) => {
    const before = await lockOrganisation(tx, actor);
    if (Object.keys(changes).length === 0) return before;
    const [after] = await tx
      .update(organisations)
      .set(changes)
      .where(eq(organisations.id, actor.organisationId))
      .returning();
    await recordInOrganisation(tx, actor, {
      action: "organisation.settings_changed",
      subjectKind: "organisation",
      subjectId: actor.organisationId,
      detail: { changed: Object.keys(changes).join() },
    });
    return after!;
  });
}

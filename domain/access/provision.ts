import { randomBytes } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { directory, inTenant, type Tx } from "@/db/client";
import { applications, organisations } from "@/db/schema";
import { authorize, type OrganisationActor } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { createTenantKeys } from "../vault/tenant-keys";
import { insertWorkflows, plainSteps } from "../workflows/lay-out";
import { insertPrimaryApiKey } from "./primary-api-key";
import { ENVIRONMENTS, type Environment } from "./rules";

export type Application = typeof applications.$inferSelect;

const link = z.url({ protocol: /^https?$/, error: "Enter a valid URL." }).max(500);

/** What an application says of itself (contract section 6). */
const about = {
  name: z.string().trim().min(1).max(80),
  websiteUrl: link.nullable(),
  redirectUris: z.array(link).max(20),
  termsUrl: link.nullable(),
  privacyUrl: link.nullable(),
  description: z.string().trim().max(1000).nullable(),
};

export const NewApplication = z.object({ ...about, environment: z.enum(ENVIRONMENTS) }).partial();
export type NewApplication = z.input<typeof NewApplication>;

export interface MadeApplication {
  application: Application;
  /** The primary key. */
  key: string;
}

/**
 * Creates an application of the organisation, ready to use: its keys, a primary API key and a default workflow of each
 * kind. It starts in the sandbox unless it is told otherwise. A live one that a person makes in the console shares under
 * an agreement only; clients of the contract know none, so one made over the API starts without.
 * @throws forbidden, invalid_input
 */
export async function createApplication(
  actor: OrganisationActor,
  given: NewApplication,
  madeIn: "api" | "console" = "api",
): Promise<MadeApplication> {
  authorize(actor, "write:applications");
  const input = NewApplication.parse(given);
  const id = uuid();
  return inTenant({ applicationId: id }, async (tx) => {
    const [organisation] = await tx
      .select({ name: organisations.name })
      .from(organisations)
      .where(eq(organisations.id, actor.organisationId))
      .for("share");
    if (!organisation) throw new DomainError("not_found", "Not found.");
    const made = await insertApplication(tx, {
      ...input,
      id,
      organisationId: actor.organisationId,
      name: input.name ?? applicationNameOf(organisation.name),
      requireAgreement: madeIn === "console" && input.environment === "live",
      createdBy: actor.label,
    });
    await recordAudit(
      tx,
      { ...actor, applicationId: id },
      {
        action: "application.create",
        subjectKind: "application",
        subjectId: id,
        detail: { environment: made.application.environment },
      },
    );
    return made;
  });
}

/** Contract section 6: an application that was given no name. */
export const applicationNameOf = (organisationName: string) => `${organisationName.slice(0, 76)} App`;

/** A step of the transaction fenced for the new application. */
export async function insertApplication(
  tx: Tx,
  input: {
    id: string;
    organisationId: string;
    name: string;
    environment?: Environment;
    requireAgreement?: boolean;
    websiteUrl?: string | null;
    redirectUris?: string[];
    termsUrl?: string | null;
    privacyUrl?: string | null;
    description?: string | null;
    createdBy: string;
  },
): Promise<MadeApplication> {
  const { createdBy, ...told } = input;
  const [application] = await tx
    .insert(applications)
    .values({
      ...told,
      environment: told.environment ?? "sandbox",
      // Contract section 0.8: 22 URL-safe characters, 16 random bytes.
      clientId: randomBytes(16).toString("base64url"),
    })
    .returning();
  await createTenantKeys(tx, input.id);
  await insertWorkflows(
    tx,
    input.id,
    DEFAULT_WORKFLOWS.map(({ label, features }) => ({
      label,
      steps: plainSteps(features),
      isDefault: true,
      createdByLabel: createdBy,
    })),
  );
  const { key } = await insertPrimaryApiKey(tx, input.id, createdBy);
  return { application: application!, key };
}

/** So that a token can be redeemed, and a session created, before anybody has drawn a workflow. */
const DEFAULT_WORKFLOWS = [
  { label: "KYC", features: ["OCR", "LIVENESS", "FACE_MATCH", "AML", "IP_ANALYSIS"] },
  { label: "KYB", features: ["KYB_REGISTRY", "KYB_KEY_PEOPLE", "AML"] },
];

/** @throws forbidden */
export async function listApplications(actor: OrganisationActor): Promise<Application[]> {
  authorize(actor, "read:settings");
  return directory()
    .select()
    .from(applications)
    .where(and(eq(applications.organisationId, actor.organisationId), isNull(applications.deletedAt)))
    .orderBy(asc(applications.createdAt), asc(applications.id));
}

/** @throws forbidden, not_found */
export async function readOwnApplication(actor: OrganisationActor, applicationId: string): Promise<Application> {
  authorize(actor, "read:settings");
  const [row] = await directory().select().from(applications).where(ownApplication(actor, applicationId));
  if (!row) throw new DomainError("not_found", "Not found.");
  return row;
}

export const ApplicationAbout = z.object(about).partial();
export type ApplicationAbout = z.input<typeof ApplicationAbout>;

/**
 * Changes what an application says of itself; ids, keys and environment never change here.
 * @throws forbidden, not_found, invalid_input
 */
export async function describeApplication(
  actor: OrganisationActor,
  applicationId: string,
  given: ApplicationAbout,
): Promise<Application> {
  authorize(actor, "write:applications");
  const changes = Object.fromEntries(
    Object.entries(ApplicationAbout.parse(given)).filter(([, value]) => value !== undefined),
  );
  return inTenant({ applicationId }, async (tx) => {
    const [before] = await tx.select().from(applications).where(ownApplication(actor, applicationId)).for("update");
    if (!before) throw new DomainError("not_found", "Not found.");
    if (Object.keys(changes).length === 0) return before;
    const [after] = await tx.update(applications).set(changes).where(eq(applications.id, applicationId)).returning();
    await recordAudit(
      tx,
      { ...actor, applicationId },
      {
        action: "application.settings_changed",
        subjectKind: "application",
        subjectId: applicationId,
        detail: { changed: Object.keys(changes).join() },
      },
    );
    return after!;
  });
}

function ownApplication(actor: OrganisationActor, applicationId: string) {
  return and(
    eq(applications.id, applicationId),
    eq(applications.organisationId, actor.organisationId),
    isNull(applications.deletedAt),
  );
}

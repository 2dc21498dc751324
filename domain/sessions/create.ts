import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, authorizeSession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { entityKey, joinEntities } from "../entities/join";
import { invalidField } from "../errors";
import { enqueue } from "../outbox/enqueue";
import { putMedium, type StoredMedium } from "../vault/media";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { ScenarioName } from "../walks/rules";
import { refuseScenario } from "../walks/scenario";
import { findWorkflow, type Workflow } from "../workflows/read";
import { featureNamed } from "./blocks";
import { cardOf } from "./card";
import type { Decision } from "./decision";
import { contentTypeOf } from "./media-kinds";
import { storedReference } from "./media-references";
import { RecordOpener, resealRecord } from "./record";
import { CALLBACK_METHODS, LANGUAGES, type SessionKind, type SessionStatus } from "./rules";
import { storeSessions } from "./store";
import { digestOfSessionToken, newSessionToken, sealSessionToken, sessionTokenFor } from "./token";

/** Contract section 4.1. */
export const MAX_PORTRAIT_BYTES = 2 * 1024 * 1024;

const short = z.string().trim().max(255);
const Country = z.string().regex(/^[A-Z]{2,3}$/, "Use an ISO 3166-1 code.");

export const ExpectedDetails = z.looseObject({
  first_name: short.nullish(),
  last_name: short.nullish(),
  date_of_birth: z.iso.date().nullish(),
  gender: z.enum(["M", "F"]).nullish(),
  nationality: Country.nullish(),
  country: Country.nullish(),
  address: z.string().trim().max(500).nullish(),
  identification_number: short.nullish(),
  ip_address: z.union([z.ipv4(), z.ipv6()], { error: "Enter a valid IPv4 or IPv6 address." }).nullish(),
  expected_document_types: z
    .array(z.enum(["P", "ID", "DL", "RP", "HIC", "TC", "SSC"]))
    .max(7)
    .nullish(),
  id_country: Country.nullish(),
  poa_country: Country.nullish(),
  company_name: short.nullish(),
  registry_country: Country.nullish(),
  registration_number: short.nullish(),
});

export const ContactDetails = z.looseObject({
  email: z.email("Enter a valid email address.").max(254).nullish(),
  send_notification_emails: z.boolean().default(false),
  email_lang: z.enum(LANGUAGES).nullish(),
  phone: z
    .string()
    .trim()
    .regex(/^\+[1-9]\d{6,14}$/, "Enter a valid phone number, such as +34600111222.")
    .nullish(),
});

export const CreateInput = z.object({
  /** The workflow or one of its versions; it alone decides the kind. */
  workflowId: z.uuid(),
  vendorData: z.string().trim().min(1).max(255).optional(),
  callback: z.string().max(2_000).optional(),
  callbackMethod: z.enum(CALLBACK_METHODS).default("initiator"),
  metadata: z.json().optional(),
  language: z.enum(LANGUAGES).optional(),
  /** How it is to turn out; in a sandbox only. */
  scenario: ScenarioName.optional(),
  expectedDetails: ExpectedDetails.optional(),
  contactDetails: ContactDetails.optional(),
  portrait: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
});
export type CreateInput = z.input<typeof CreateInput>;

export interface CreatedSession {
  sessionId: string;
  sessionNumber: number;
  kind: SessionKind;
  status: SessionStatus;
  token: string;
  vendorData: string | null;
  metadata: unknown;
  callback: string | null;
  workflowId: string;
  workflowVersion: number;
}

/** A person who has not finished is sent back to where they are instead of starting anew. */
const CONTINUED: SessionStatus[] = ["Not Started", "In Progress", "Resubmitted", "Awaiting User"];

/**
 * Starts a verification: a session that its person walks through by the link. An unfinished one of the same
 * `vendor_data` and workflow version is answered again, with callback and metadata renewed.
 * @throws forbidden, invalid_input
 */
export async function createSession(actor: Actor, given: CreateInput): Promise<CreatedSession> {
  authorize(actor, "write:sessions");
  const input = CreateInput.parse(given);
  const portraitType = input.portrait && contentTypeOf(input.portrait);
  if (input.portrait && !portraitType?.startsWith("image/")) {
    throw invalidField("portrait_image", "Must be a JPEG, PNG or WebP image.");
  }
  // Sealing the portrait may reach a remote store, so it comes before the transaction; a blob without a row is swept.
  const ring = await inTenant({ applicationId: actor.applicationId }, (tx) => tenantKeyRing(tx, actor.applicationId));
  const portrait =
    input.portrait && (await putMedium(ring, { kind: "portrait", contentType: portraitType!, bytes: input.portrait }));

  return inTenant(actor, async (tx) => {
    const workflow = await findWorkflow(tx, actor, { id: input.workflowId });
    if (!workflow) throw invalidField("workflow_id", "Workflow not found.");
    authorizeSession(actor, { workflowId: workflow.id, status: "Not Started" });
    if (input.scenario) refuseScenario(actor.environment, input.scenario, workflow.features, "sandbox_scenario");
    const now = new Date();
    const vendorData = input.vendorData ?? null;
    // The entity's row stays locked until the end, so two requests for one person take turns.
    const entities = await joinEntities(tx, actor.applicationId, [{ kind: workflow.kind, vendorData }], now);
    const continued = vendorData && (await continueSession(tx, actor, ring, workflow, vendorData, input, now));
    if (continued) return continued;
    return startSession(tx, actor, ring, {
      workflow,
      vendorData,
      input,
      portrait,
      entityId: entities.get(entityKey(workflow.kind, vendorData)) ?? null,
      now,
    });
  });
}

async function startSession(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  start: {
    workflow: Workflow;
    vendorData: string | null;
    input: z.output<typeof CreateInput>;
    portrait: StoredMedium | undefined;
    entityId: string | null;
    now: Date;
  },
): Promise<CreatedSession> {
  const { workflow, vendorData, input, portrait, entityId, now } = start;
  const id = uuid();
  const token = newSessionToken();
  const decision = {
    session_kind: workflow.kind,
    status: "Not Started",
    vendor_data: vendorData,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + workflow.sessionExpirationInSeconds * 1000).toISOString(),
    metadata: input.metadata ?? null,
    expected_details: input.expectedDetails ?? null,
    contact_details: input.contactDetails ?? null,
    callback: input.callback ?? null,
    callback_method: input.callbackMethod,
    language: input.language ?? null,
    portrait_image: portrait ? storedReference(portrait.blobId) : null,
  } as Decision;
  const [stored] = await storeSessions(
    tx,
    ring,
    [
      {
        id,
        decision,
        environment: actor.environment,
        workflowId: workflow.id,
        workflowVersion: workflow.version,
        entityId,
        externalReference: null,
        finishedAt: null,
        media: portrait ? [portrait] : [],
        links: [],
      },
    ],
    now,
  );
  await Promise.all([
    tx
      .update(sessions)
      .set({
        features: workflow.features.map((feature) => ({ feature: featureNamed(feature), status: "Not Started" })),
        tokenDigest: digestOfSessionToken(token),
        sealedToken: sealSessionToken(ring, id, token),
        sandboxScenario: input.scenario ?? null,
      })
      .where(and(ownedBy(actor, sessions), eq(sessions.id, id))),
    recordAudit(tx, actor, {
      action: "session.create",
      subjectKind: "session",
      subjectId: id,
      detail: { workflow_id: workflow.id },
    }),
    enqueue(tx, actor.applicationId, { type: "status.updated", payload: { session_id: id, status: "Not Started" } }),
  ]);
  return {
    sessionId: id,
    sessionNumber: stored!.sessionNumber,
    kind: workflow.kind,
    status: "Not Started",
    token,
    vendorData,
    metadata: input.metadata ?? null,
    callback: input.callback ?? null,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
  };
}

async function continueSession(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  workflow: Workflow,
  vendorData: string,
  input: z.output<typeof CreateInput>,
  now: Date,
): Promise<CreatedSession | undefined> {
  const [found] = await tx
    .select({ session: sessions, record: sessionRecords })
    .from(sessions)
    .innerJoin(
      sessionRecords,
      and(eq(sessionRecords.applicationId, sessions.applicationId), eq(sessionRecords.sessionId, sessions.id)),
    )
    .where(
      and(
        ownedBy(actor, sessions),
        eq(sessions.vendorData, vendorData),
        eq(sessions.workflowId, workflow.id),
        eq(sessions.workflowVersion, workflow.version),
        inArray(sessions.status, CONTINUED),
        gt(sessions.expiresAt, now),
      ),
    )
    .orderBy(desc(sessions.sessionNumber))
    .limit(1)
    .for("update");
  const token = found && sessionTokenFor(actor, ring, found.session.id, found.session.sealedToken);
  if (!found || !token) return undefined;
  const { session, record } = found;
  const opener = new RecordOpener(ring, record);
  const body = opener.body(record.body);
  const renewed = {
    ...body,
    callback: input.callback ?? body.callback ?? null,
    metadata: input.metadata === undefined ? (body.metadata ?? null) : input.metadata,
  };
  const decision = { ...renewed, session_kind: session.kind } as Decision;
  await Promise.all([
    tx
      .update(sessionRecords)
      .set(resealRecord(opener.dataKey, record.recordId, cardOf(decision), renewed))
      .where(and(ownedBy(actor, sessionRecords), eq(sessionRecords.sessionId, session.id))),
    input.scenario &&
      session.status === "Not Started" &&
      tx
        .update(sessions)
        .set({ sandboxScenario: input.scenario, version: session.version + 1, updatedAt: now })
        .where(and(ownedBy(actor, sessions), eq(sessions.id, session.id))),
  ]);
  return {
    sessionId: session.id,
    sessionNumber: session.sessionNumber,
    kind: session.kind,
    status: session.status as SessionStatus,
    token,
    vendorData,
    metadata: renewed.metadata,
    callback: (renewed.callback as string | null) ?? null,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
  };
}

import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import postgres from "postgres";
import type { z } from "zod";
import { asWorker, directory, inTenant } from "@/db/client";
import { applications, members, memberships, organisations, outbox, sessions } from "@/db/schema";
import { createApiKey } from "./access/api-keys";
import { hashPassword } from "./access/password";
import {
  type ApiKeyPrivilege,
  type Environment,
  type KybStatusFormat,
  type Privilege,
  privilegesOf,
  type Role,
} from "./access/rules";
import type { Actor } from "./actor";
import { proposeAgreement } from "./agreements/propose";
import type { AgreementVersionView } from "./agreements/read";
import { type AgreementTerms, SECTIONS } from "./agreements/rules";
import { signAgreement } from "./agreements/sign";
import { DomainError, type ErrorCode } from "./errors";
import { type ImportedSession, importSharedSession } from "./imports/import";
import type { ImportInput } from "./imports/rules";
import { carryDue } from "./outbox/worker";
import { meetPartner } from "./partners/meet";
import { relateBySharing } from "./partners/relate";
import { setTrustDefault, settleTrustRequest } from "./partners/trust";
import { bringInDecisions } from "./sessions/bring-in";
import type { SessionKind, SessionStatus } from "./sessions/rules";
import {
  companyDecision,
  mediaFor,
  type PersonFacts,
  personDecision,
  type SampleDecision,
} from "./sessions/samples/decisions";
import { type MintedToken, mintShareToken } from "./share-tokens/mint";
import { createTenantKeys } from "./vault/tenant-keys";
import { insertWorkflows, plainSteps } from "./workflows/lay-out";

/** What tests arrange with. Each test makes its own organisations, so that it may run beside any other. */

export interface TestApplication {
  actor: Actor;
  id: string;
  organisationId: string;
  clientId: string;
  name: string;
  workflows: { user: string; userVersion: string; otherUser: string; business: string };
}

interface ApplicationOptions {
  organisationId?: string;
  environment?: Environment;
  kybStatusFormat?: KybStatusFormat;
  privileges?: readonly Privilege[];
  withoutWorkflows?: boolean;
}

/** A new application with its keys and workflows, in a new organisation unless one is named. */
export async function newApplication(options: ApplicationOptions = {}): Promise<TestApplication> {
  const tag = randomBytes(4).toString("hex");
  const id = randomUUID();
  const organisationId = options.organisationId ?? randomUUID();
  const environment = options.environment ?? "sandbox";
  const kybStatusFormat = options.kybStatusFormat ?? "upper_snake";
  const clientId = randomBytes(16).toString("base64url");
  const name = `App ${tag}`;
  await directory().transaction(async (tx) => {
    await tx
      .insert(organisations)
      .values({ id: organisationId, name: `Org ${tag}`, legalName: `Org ${tag} Ltd`, country: "ES" })
      .onConflictDoNothing();
    await tx.insert(applications).values({ id, organisationId, name, clientId, environment, kybStatusFormat });
  });
  const workflow = (kind: SessionKind, label: string, isDefault: boolean) => ({
    id: randomUUID(),
    versionId: randomUUID(),
    label,
    steps: plainSteps(
      kind === "user" ? ["OCR", "LIVENESS", "FACE_MATCH", "AML"] : ["KYB_REGISTRY", "KYB_KEY_PEOPLE", "AML"],
    ),
    isDefault,
    createdByLabel: "test",
  });
  const user = workflow("user", "KYC", true);
  const otherUser = workflow("user", "KYC plus", false);
  const business = workflow("business", "KYB", true);
  await inTenant({ applicationId: id }, async (tx) => {
    await createTenantKeys(tx, id);
    if (!options.withoutWorkflows) await insertWorkflows(tx, id, [user, otherUser, business]);
  });
  return {
    id,
    organisationId,
    clientId,
    name,
    workflows: { user: user.id, userVersion: user.versionId, otherUser: otherUser.id, business: business.id },
    actor: {
      kind: "member",
      id: randomUUID(),
      label: `officer@${tag}.example`,
      applicationId: id,
      organisationId,
      environment,
      kybStatusFormat,
      privileges: new Set(options.privileges ?? privilegesOf("owner")),
    },
  };
}

export async function newPair(): Promise<{ issuer: TestApplication; receiver: TestApplication }> {
  const [issuer, receiver] = await Promise.all([newApplication(), newApplication()]);
  return { issuer, receiver };
}

export const PASSWORD = "correct horse battery staple";

export async function newMember(
  application: Pick<TestApplication, "organisationId">,
  role: Role,
): Promise<{ id: string; email: string; password: string }> {
  const id = randomUUID();
  const email = `${id.slice(0, 13)}@member.example`;
  const passwordHash = await hashPassword(PASSWORD);
  await directory().insert(members).values({ id, email, name: "Test Member", passwordHash });
  await directory().insert(memberships).values({ organisationId: application.organisationId, memberId: id, role });
  return { id, email, password: PASSWORD };
}

export async function newKey(
  application: TestApplication,
  privileges: readonly ApiKeyPrivilege[] = ["read:sessions", "write:sessions"],
): Promise<string> {
  return (await createApiKey(application.actor, { name: "Test key", privileges: [...privileges] })).key;
}

export interface TestSession {
  id: string;
  number: number;
  decision: SampleDecision;
  media: Map<string, Buffer>;
}

/** Stores a decision as a native session of the application, with its media. */
export async function bringIn(
  application: TestApplication,
  decision: SampleDecision,
  given: Map<string, Buffer> = new Map(),
): Promise<TestSession> {
  const media = new Map([...mediaFor(decision), ...given]);
  const [result] = await bringInDecisions(application.actor, [decision], media, { requireMedia: true });
  if (!result?.ok) throw new Error(`The decision was refused: ${JSON.stringify(result)}`);
  return { id: result.sessionId, number: result.sessionNumber, decision, media };
}

/** A finished KYC session; a status that cannot be brought in is set afterwards. */
export async function newPerson(application: TestApplication, facts: PersonFacts = {}): Promise<TestSession> {
  const status = facts.status ?? "Approved";
  const isFinished = ["Approved", "Declined", "In Review"].includes(status);
  const session = await bringIn(application, personDecision({ ...facts, status: isFinished ? status : "Approved" }));
  if (!isFinished) await setStatus(application, session.id, status);
  return session;
}

export async function newCompany(
  application: TestApplication,
  facts: Parameters<typeof companyDecision>[0] & { peopleCount?: number } = {},
): Promise<TestSession & { people: TestSession[] }> {
  const people: TestSession[] = [];
  for (let count = facts.peopleCount ?? 0; count > 0; count--) people.push(await newPerson(application));
  const decision = companyDecision({ people: people.map((one) => one.decision.session_id), ...facts });
  return { ...(await bringIn(application, decision)), people };
}

export async function setStatus(application: TestApplication, sessionId: string, status: SessionStatus): Promise<void> {
  await inTenant({ applicationId: application.id }, (tx) =>
    tx.update(sessions).set({ status }).where(eq(sessions.id, sessionId)),
  );
}

export function mintFor(
  issuer: TestApplication,
  receiver: TestApplication,
  sessionId: string,
  ttlInSeconds = 3600,
): Promise<MintedToken> {
  return mintShareToken(issuer.actor, { sessionId, forApplicationId: receiver.id, ttlInSeconds });
}

/** Somebody else with the same role in the same application. */
export const colleagueOf = ({ actor }: TestApplication): Actor => ({
  ...actor,
  id: randomUUID(),
  label: `second-${actor.label}`,
});

/** One application knows of another, as after a share. */
export const meet = (application: TestApplication, partner: { id: string }): Promise<boolean> =>
  inTenant({ applicationId: application.id }, (tx) => meetPartner(tx, application.id, partner.id));

/** Switches trust in a partner on, by two people. */
export async function trustPartner(application: TestApplication, partner: { id: string }): Promise<void> {
  const partnerApplicationId = partner.id;
  const { waiting } = await setTrustDefault(application.actor, { partnerApplicationId, trustDefault: true });
  await settleTrustRequest(colleagueOf(application), {
    partnerApplicationId,
    number: waiting!.number,
    decision: "confirm",
  });
}

export const agreedTerms = (changes: Partial<z.input<typeof AgreementTerms>> = {}): z.input<typeof AgreementTerms> => ({
  purposes: ["Opening an account"],
  legalBasis: "contract",
  kinds: ["user", "business"],
  sections: SECTIONS,
  media: true,
  ttlCeilingInSeconds: 86_400,
  onwardSharing: true,
  retentionInDays: 365,
  transferMechanism: "not_needed",
  reviewOn: new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10),
  ...changes,
});

/** A member of the application's organisation, who works in it. */
export async function memberOf(application: TestApplication, role: Role = "owner"): Promise<Actor> {
  const { id, email } = await newMember(application, role);
  return { ...application.actor, id, label: email, privileges: new Set(privilegesOf(role)), ip: "203.0.113.7" };
}

/** One hands over to the other, without anything having been shared yet. */
export const relate = (issuer: TestApplication, receiver: TestApplication): Promise<void> =>
  inTenant({ applicationId: issuer.id }, (tx) => relateBySharing(tx, { issuer: issuer.id, receiver: receiver.id }));

/** An agreement that a member of each side has signed. */
export async function agree(
  issuer: TestApplication,
  receiver: TestApplication,
  changes: Partial<z.input<typeof AgreementTerms>> = {},
): Promise<AgreementVersionView> {
  await relate(issuer, receiver);
  const [one, other] = await Promise.all([memberOf(issuer), memberOf(receiver)]);
  const [proposed] = (
    await proposeAgreement(one, { partnerApplicationId: receiver.id, as: "issuer", terms: agreedTerms(changes) })
  ).versions;
  const { version, hash } = proposed!;
  const word = { version, hash, name: "Test Member", confirmed: true } as const;
  await signAgreement(one, { partnerApplicationId: receiver.id, as: "issuer", ...word });
  const signed = await signAgreement(other, { partnerApplicationId: issuer.id, as: "receiver", ...word });
  return signed.versions[0]!;
}

/** Mints and redeems in one go. */
export async function share(
  issuer: TestApplication,
  receiver: TestApplication,
  sessionId: string,
  input: Omit<ImportInput, "shareToken"> = {},
): Promise<ImportedSession> {
  const { token } = await mintFor(issuer, receiver, sessionId);
  return importSharedSession(receiver.actor, { shareToken: token, ...input });
}

/** Carries what this application's acts have queued. Another test's worker may hold a lease on it: then it is waited for. */
export async function carryFrom(application: TestApplication): Promise<void> {
  const mine = and(eq(outbox.applicationId, application.id), isNull(outbox.doneAt));
  for (let tries = 0; tries < 500; tries++) {
    const carried = await carryDue();
    const waiting = await asWorker((tx) => tx.select({ id: outbox.id }).from(outbox).where(mine).limit(1));
    if (waiting.length === 0) return;
    if (carried === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The outbox was not carried.");
}

/** The refusal of an act that must be refused. */
export async function refusalOf(act: Promise<unknown>): Promise<DomainError> {
  try {
    await act;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("The act was not refused.");
}

export const codeOf = async (act: Promise<unknown>): Promise<ErrorCode> => (await refusalOf(act)).code;

/** The database as its owner sees it, past every fence. */
export async function asOwner<T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const client = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });
  try {
    return await run(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}

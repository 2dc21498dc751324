import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { and, eq, isNotNull } from "drizzle-orm";
import { v5 as uuidFrom } from "uuid";
import { directory, inTenant } from "@/db/client";
import {
  applications,
  installation,
  members,
  memberships,
  organisations,
  partners,
  partnerships,
  sessions,
} from "@/db/schema";
import { hashPassword } from "@/domain/access/password";
import { insertPrimaryApiKey, openPrimaryApiKey } from "@/domain/access/primary-api-key";
import { meter } from "@/domain/billing/meter";
import { entityKey, joinEntities } from "@/domain/entities/join";
import { sealMedia } from "@/domain/sessions/bring-in";
import { Decision } from "@/domain/sessions/decision";
import { linkKeyPeople } from "@/domain/sessions/key-people";
import { type NewSession, storeSessions } from "@/domain/sessions/store";
import { createTenantKeys, tenantKeyRing } from "@/domain/vault/tenant-keys";
import { insertWorkflows, plainSteps } from "@/domain/workflows/lay-out";
import { type CastMember, type DemoApplication, type DemoOrganisation, ecosystems, primaryCast } from "./ecosystems";
import { playShares, playTrust } from "./play";
import type { DemoSession } from "./session";
import { demoSessions } from "./sessions";

export interface SeedOptions {
  url: string;
  dataDir: string;
  log(line: string): void;
}

export const DEMO_PASSWORD = "Aval-demo-2026!";

// Ids follow from keys, so a seed that was cut off goes on where it stopped instead of starting over.
const NAMESPACE = "6d1d3c1e-5b0a-4c7a-9d1f-0a7c0de00a5a";
export const demoId = (kind: string, key: string) => uuidFrom(`${kind}/${key}`, NAMESPACE);

const GROUP = 24;
const VERSION = 1;

/** Lays out the demo, or what is missing of it. Returns at once when it is complete. */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const [done] = await directory().select().from(installation).where(eq(installation.key, "demo"));
  const file = resolve(options.dataDir, "demo.json");
  if (done?.value.complete === true && existsSync(file)) {
    refreshUrl(file, options.url);
    return;
  }
  const started = Date.now();
  options.log("Laying out the demo: six ecosystems, some hundreds of verified people and companies…");
  const began = typeof done?.value.began === "string" ? new Date(done.value.began) : new Date();
  await remember({ began: began.toISOString(), complete: false });

  await layOutDirectory();
  for (const organisation of allOrganisations())
    for (const application of organisation.applications) await layOutApplication(application);
  await layOutSessions(began, options.log);
  await layOutRelations();
  await playShares(demoId);
  await writeDemoFile(file, options.url);
  await remember({ began: began.toISOString(), complete: true, version: VERSION });
  options.log(`The demo is ready (${Math.round((Date.now() - started) / 1000)} s).`);
}

async function remember(value: Record<string, string | number | boolean>): Promise<void> {
  await directory()
    .insert(installation)
    .values({ key: "demo", value })
    .onConflictDoUpdate({ target: installation.key, set: { value, updatedAt: new Date() } });
}

const allOrganisations = (): DemoOrganisation[] => ecosystems.flatMap((ecosystem) => ecosystem.organisations);

async function layOutDirectory(): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const all = allOrganisations();
  await directory().transaction(async (tx) => {
    await tx
      .insert(organisations)
      .values(
        all.map(({ key, name, legalName, country, ecosystemRole, members }) => ({
          id: demoId("organisation", key),
          name,
          legalName,
          country,
          ecosystemRole,
          contactEmail: members.find((member) => member.role === "owner")?.email ?? null,
        })),
      )
      .onConflictDoNothing();
    await tx
      .insert(applications)
      .values(
        all.flatMap((organisation) =>
          organisation.applications.map(({ key, name, environment }) => ({
            id: demoId("application", key),
            organisationId: demoId("organisation", organisation.key),
            name,
            environment,
            clientId: randomBytes(16).toString("base64url"),
          })),
        ),
      )
      .onConflictDoNothing();
    const people = all.flatMap((organisation) => organisation.members.map((member) => ({ organisation, member })));
    await tx
      .insert(members)
      .values([
        ...new Map(
          people.map(({ member }) => [
            member.email,
            {
              id: demoId("member", member.email),
              email: member.email,
              name: member.name,
              locale: member.locale,
              passwordHash,
            },
          ]),
        ).values(),
      ])
      .onConflictDoNothing();
    await tx
      .insert(memberships)
      .values(
        people.map(({ organisation, member }) => ({
          organisationId: demoId("organisation", organisation.key),
          memberId: demoId("member", member.email),
          role: member.role,
        })),
      )
      .onConflictDoNothing();
  });
}

async function layOutApplication(application: DemoApplication): Promise<void> {
  const applicationId = demoId("application", application.key);
  await inTenant({ applicationId }, async (tx) => {
    await createTenantKeys(tx, applicationId);
    await insertWorkflows(
      tx,
      applicationId,
      application.workflows.map((workflow) => ({
        id: demoId("workflow", workflow.key),
        versionId: demoId("workflow-version", `${workflow.key}/1`),
        label: workflow.label,
        steps: plainSteps(workflow.features),
        isDefault: workflow.isDefault,
        createdByLabel: "demo",
      })),
    );
  });
}

async function layOutSessions(now: Date, log: (line: string) => void): Promise<void> {
  const byApplication = new Map<string, DemoSession[]>();
  for (const session of demoSessions(now)) {
    byApplication.set(session.applicationKey, [...(byApplication.get(session.applicationKey) ?? []), session]);
  }
  const environmentOf = new Map(
    allOrganisations().flatMap(({ applications }) => applications.map((one) => [one.key, one.environment] as const)),
  );
  let stored = 0;
  for (const [applicationKey, all] of byApplication) {
    const applicationId = demoId("application", applicationKey);
    const [ring, here] = await inTenant({ applicationId }, (tx) =>
      Promise.all([
        tenantKeyRing(tx, applicationId),
        tx
          .select({ key: sessions.externalReference })
          .from(sessions)
          .where(and(eq(sessions.applicationId, applicationId), isNotNull(sessions.externalReference))),
      ]),
    );
    const present = new Set(here.map((row) => row.key));
    // Oldest first, so that session numbers follow time; a person still comes before the company they stand behind.
    const missing = all
      .filter((session) => !present.has(session.key))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const idOf = new Map(all.map((session) => [`session:${session.key}`, demoId("session", session.key)]));
    for (let at = 0; at < missing.length; at += GROUP) {
      const group = missing.slice(at, at + GROUP);
      const sealed = await Promise.all(
        group.map(async (session) => {
          const media = new Map(
            await Promise.all(
              Object.entries(session.media).map(
                async ([name, source]) => [`media:${name}`, (await source.render()).bytes] as const,
              ),
            ),
          );
          const decision = Decision.parse({
            ...session.decision,
            session_kind: session.kind,
            status: session.status,
            vendor_data: session.vendorData,
          });
          const { decision: withMedia, stored, notes } = await sealMedia(ring, decision, media);
          if (notes.length > 0)
            throw new Error(`Demo session ${session.key} names media it does not have: ${notes[0]!.path}`);
          return { session, stored, ...linkKeyPeople(withMedia, idOf) };
        }),
      );
      await inTenant({ applicationId }, async (tx) => {
        const entityIds = await joinEntities(
          tx,
          applicationId,
          sealed.map(({ decision }) => ({ kind: decision.session_kind, vendorData: decision.vendor_data ?? null })),
          now,
        );
        await storeSessions(
          tx,
          ring,
          sealed.map(
            ({ session, decision, stored, links }): NewSession => ({
              id: demoId("session", session.key),
              decision,
              environment: environmentOf.get(applicationKey)!,
              workflowId: demoId("workflow", session.workflowKey),
              workflowVersion: 1,
              entityId: entityIds.get(entityKey(session.kind, decision.vendor_data ?? null)) ?? null,
              externalReference: session.key,
              finishedAt: session.finishedAt,
              media: stored,
              links,
            }),
          ),
          now,
        );
        await meter(
          tx,
          applicationId,
          sealed.flatMap(({ session }) =>
            session.finishedAt
              ? [
                  {
                    sessionId: demoId("session", session.key),
                    environment: environmentOf.get(applicationKey)!,
                    kind: session.kind,
                    status: session.status,
                    at: session.finishedAt,
                  },
                ]
              : [],
          ),
        );
      });
      stored += group.length;
      if (stored % (GROUP * 5) === 0) log(`  ${stored} sessions…`);
    }
  }
}

async function layOutRelations(): Promise<void> {
  const relations = ecosystems.flatMap((ecosystem) => ecosystem.relations);
  const rows = relations.flatMap(({ issuer, receiver }) => [
    {
      applicationId: demoId("application", issuer),
      partnerApplicationId: demoId("application", receiver),
    },
    {
      applicationId: demoId("application", receiver),
      partnerApplicationId: demoId("application", issuer),
    },
  ]);
  for (const row of rows) await inTenant(row, (tx) => tx.insert(partners).values(row).onConflictDoNothing());
  for (const { issuer, receiver } of relations) {
    const issuerApplicationId = demoId("application", issuer);
    const receiverApplicationId = demoId("application", receiver);
    await inTenant({ applicationId: issuerApplicationId }, (tx) =>
      tx
        .insert(partnerships)
        .values({ issuerApplicationId, receiverApplicationId, state: "active", invitedBy: receiverApplicationId })
        .onConflictDoNothing(),
    );
  }
  await playTrust(demoId);
}

async function writeDemoFile(file: string, url: string): Promise<void> {
  const side = async (cast: CastMember) => {
    const organisation = allOrganisations().find((one) => one.key === cast.organisation)!;
    const application = organisation.applications.find((one) => one.key === cast.application)!;
    const applicationId = demoId("application", application.key);
    const [row] = await directory()
      .select({ clientId: applications.clientId })
      .from(applications)
      .where(eq(applications.id, applicationId));
    const { key } = await inTenant(
      { applicationId },
      async (tx) =>
        (await openPrimaryApiKey(tx, applicationId)) ?? (await insertPrimaryApiKey(tx, applicationId, "demo")),
    );
    const defaultOf = (kind: string) => {
      const workflow = application.workflows.find((one) => one.kind === kind && one.isDefault);
      return workflow && demoId("workflow", workflow.key);
    };
    return {
      organisation: organisation.name,
      application_id: applicationId,
      client_id: row!.clientId,
      api_key: key,
      email: cast.email,
      password: DEMO_PASSWORD,
      workflows: { user: defaultOf("user"), business: defaultOf("business") },
    };
  };
  const content = {
    url,
    issuer: await side(primaryCast.issuer),
    receiver: await side(primaryCast.receiver),
    stranger: await side(primaryCast.stranger),
  };
  const draft = `${file}.part`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function refreshUrl(file: string, url: string): void {
  const content = JSON.parse(readFileSync(file, "utf8"));
  if (content.url !== url) writeFileSync(file, `${JSON.stringify({ ...content, url }, null, 2)}\n`, { mode: 0o600 });
}

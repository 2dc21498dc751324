import { and, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { imports, partnerPolicies, partners, sessionLinks, sessionRecords, sessions } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { RecordOpener } from "../sessions/record";
import { type FinishedStatus, isFinished } from "../sessions/rules";
import { tenantKeyRing } from "../vault/tenant-keys";
import {
  factsOf,
  judge,
  type PolicyOutcome,
  PolicyRules,
  type ReasonCode,
  type Verdict,
  withKeyPeople,
} from "./policy";

export interface PolicyVersion {
  version: number;
  rules: PolicyRules;
  createdByLabel: string;
  createdAt: Date;
}

const HISTORY = 20;

/** What is asked of this partner's verifications now; undefined when nothing ever was. */
export async function currentPolicy(
  tx: Tx,
  applicationId: string,
  partnerApplicationId: string,
): Promise<PolicyVersion | undefined> {
  return (await versionsOf(tx, applicationId, partnerApplicationId, 1))[0];
}

async function versionsOf(
  tx: Tx,
  applicationId: string,
  partnerApplicationId: string,
  most: number,
): Promise<PolicyVersion[]> {
  const rows = await tx
    .select()
    .from(partnerPolicies)
    .where(
      and(
        eq(partnerPolicies.applicationId, applicationId),
        eq(partnerPolicies.partnerApplicationId, partnerApplicationId),
      ),
    )
    .orderBy(desc(partnerPolicies.version))
    .limit(most);
  return rows.map(({ version, rules, createdByLabel, createdAt }) => ({
    version,
    rules: PolicyRules.parse(rules),
    createdByLabel,
    createdAt,
  }));
}

/**
 * The newest versions of a partner's policy, the one in effect first; empty when there never was one.
 * @throws forbidden, not_found
 */
export async function readPolicyVersions(
  actor: Actor,
  input: { partnerApplicationId: string },
): Promise<PolicyVersion[]> {
  authorize(actor, "read:partners");
  return inTenant(actor, async (tx) => {
    const [versions] = await Promise.all([
      versionsOf(tx, actor.applicationId, input.partnerApplicationId, HISTORY),
      requirePartner(tx, actor, input.partnerApplicationId),
    ]);
    return versions;
  });
}

async function requirePartner(tx: Tx, actor: Actor, partnerApplicationId: string, lock?: "update"): Promise<void> {
  const query = tx
    .select({ id: partners.partnerApplicationId })
    .from(partners)
    .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, partnerApplicationId)));
  const rows = await (lock ? query.for(lock) : query);
  if (rows.length === 0) throw new DomainError("not_found", "Not found.");
}

export const PolicyInput = z.object({
  partnerApplicationId: z.uuid(),
  rules: PolicyRules,
  /** The version that was looked at, 0 for none; absent: whichever is in effect. */
  expectedVersion: z.int().min(0).optional(),
});
export type PolicyInput = z.input<typeof PolicyInput>;

/**
 * Writes the next version of a partner's policy. Without rules, nothing is asked from there on.
 * @throws forbidden, not_found, stale_version
 */
export async function savePolicy(actor: Actor, given: PolicyInput): Promise<PolicyVersion> {
  authorize(actor, "write:partners");
  const { partnerApplicationId, rules, expectedVersion } = PolicyInput.parse(given);
  return inTenant(actor, async (tx) => {
    // The partner's row is what one policy change waits for until another is through.
    await requirePartner(tx, actor, partnerApplicationId, "update");
    const before = await currentPolicy(tx, actor.applicationId, partnerApplicationId);
    if (expectedVersion !== undefined && expectedVersion !== (before?.version ?? 0)) {
      throw new DomainError("stale_version", "The policy has been changed meanwhile. Look at it again.");
    }
    if (before && JSON.stringify(before.rules) === JSON.stringify(rules)) return before;
    const after: PolicyVersion = {
      version: (before?.version ?? 0) + 1,
      rules,
      createdByLabel: actor.label,
      createdAt: new Date(),
    };
    await Promise.all([
      tx
        .insert(partnerPolicies)
        .values({ applicationId: actor.applicationId, partnerApplicationId, createdById: actor.id, ...after }),
      recordAudit(tx, actor, {
        action: "partner.policy_changed",
        subjectKind: "partner",
        subjectId: partnerApplicationId,
        counterpartyApplicationId: partnerApplicationId,
        detail: {
          version: after.version,
          count: rules.length,
          rules: rules.map(({ rule, outcome }) => `${rule} (${outcome})`).join(", "),
        },
      }),
    ]);
    return after;
  });
}

/** How many past imports a policy is tried against. */
export const TRIAL_SIZE = 500;

export interface PolicyTrial {
  /** Imports from this partner whose records are still here, at most TRIAL_SIZE, the newest. */
  tried: number;
  /** Whether there are older ones that were left out. */
  hasMore: boolean;
  outcomes: Record<PolicyOutcome, number>;
  /** Of those that kept the partner's decision then, how many the policy would not have let keep it. */
  narrowed: number;
  /** How many imports each reason was given for; one import may have several. */
  reasons: { code: ReasonCode; count: number }[];
}

export const TrialInput = z.object({ partnerApplicationId: z.uuid(), rules: PolicyRules });
export type TrialInput = z.input<typeof TrialInput>;

/**
 * What a policy would have said of the newest imports from this partner, each at the moment of its import. Records are
 * taken as they are now. Nothing is written.
 * @throws forbidden, not_found
 */
export async function tryPolicy(actor: Actor, given: TrialInput): Promise<PolicyTrial> {
  authorize(actor, "write:partners");
  authorize(actor, "read:sessions");
  authorizeEverySession(actor);
  const { partnerApplicationId, rules } = TrialInput.parse(given);
  return inTenant(actor, async (tx) => {
    const ofPartner = and(ownedBy(actor, imports), eq(imports.sourceApplicationId, partnerApplicationId));
    const [found, ring] = await Promise.all([
      tx
        .select({
          importedAt: imports.importedAt,
          trustEffective: imports.trustEffective,
          ...sourceColumns,
        })
        .from(imports)
        .innerJoin(sessions, and(eq(sessions.applicationId, imports.applicationId), eq(sessions.id, imports.sessionId)))
        .innerJoin(sessionRecords, recordOfSession)
        .where(ofPartner)
        .orderBy(desc(imports.importedAt), desc(imports.shareTokenId))
        .limit(TRIAL_SIZE + 1),
      tenantKeyRing(tx, actor.applicationId),
      requirePartner(tx, actor, partnerApplicationId),
    ]);
    const rows = found.slice(0, TRIAL_SIZE);
    const companies = rows.flatMap((row) => (row.kind === "business" ? row.id : []));
    const people =
      companies.length === 0
        ? []
        : await tx
            .select({ parentId: sessionLinks.parentSessionId, partyId: sessionLinks.partyId, ...sourceColumns })
            .from(sessionLinks)
            .innerJoin(
              sessions,
              and(eq(sessions.applicationId, sessionLinks.applicationId), eq(sessions.id, sessionLinks.childSessionId)),
            )
            .innerJoin(sessionRecords, recordOfSession)
            .where(and(ownedBy(actor, sessionLinks), inArray(sessionLinks.parentSessionId, companies)));
    const peopleOf = new Map<string, typeof people>();
    for (const person of people) peopleOf.set(person.parentId, [...(peopleOf.get(person.parentId) ?? []), person]);

    const verdicts = rows.map((row): Verdict => {
      const own = peopleOf.get(row.id) ?? [];
      const judged = (one: SourceRow, statusOfParty?: ReadonlyMap<string, string>) =>
        judge(
          rules,
          factsOf(new RecordOpener(ring, one).body(one.body), {
            kind: one.kind,
            status: statusAtSource(one) as FinishedStatus,
            finishedAt: one.sourceFinishedAt ?? one.finishedAt,
            statusOfParty,
          }),
          row.importedAt,
        );
      return withKeyPeople(
        judged(row, new Map(own.map((person) => [person.partyId, statusAtSource(person)]))),
        [...new Map(own.map((person) => [person.id, person])).values()]
          .filter((person) => isFinished(statusAtSource(person)))
          .map((person) => judged(person)),
      );
    });
    return summaryOf(
      verdicts,
      rows.map((row) => row.trustEffective),
      found.length > rows.length,
    );
  });
}

const sourceColumns = {
  id: sessions.id,
  kind: sessions.kind,
  status: sessions.status,
  sourceStatus: sessions.sourceStatus,
  finishedAt: sessions.finishedAt,
  sourceFinishedAt: sessions.sourceFinishedAt,
  recordId: sessionRecords.recordId,
  body: sessionRecords.body,
  wrappedKey: sessionRecords.wrappedKey,
  keyVersion: sessionRecords.keyVersion,
};
const recordOfSession = and(
  eq(sessionRecords.applicationId, sessions.applicationId),
  eq(sessionRecords.sessionId, sessions.id),
);

interface SourceRow {
  kind: "user" | "business";
  status: string;
  sourceStatus: string | null;
  finishedAt: Date | null;
  sourceFinishedAt: Date | null;
  recordId: string;
  body: Buffer;
  wrappedKey: Buffer;
  keyVersion: number;
}

/** A key person may have been here already, as a session of our own. */
const statusAtSource = ({ sourceStatus, status }: SourceRow) => sourceStatus ?? status;

function summaryOf(verdicts: readonly Verdict[], kept: readonly boolean[], hasMore: boolean): PolicyTrial {
  const outcomes = { keep: 0, review: 0, refuse: 0 };
  const counts = new Map<ReasonCode, number>();
  for (const { outcome, reasons } of verdicts) {
    outcomes[outcome] += 1;
    for (const code of new Set(reasons.map((reason) => reason.code))) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return {
    tried: verdicts.length,
    hasMore,
    outcomes,
    narrowed: verdicts.filter(({ outcome }, index) => outcome !== "keep" && kept[index]).length,
    reasons: [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}

import { and, asc, eq, sql } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { imports, sessionLinks, sessions, shareTokens } from "@/db/schema";
import { privilegesOf } from "@/domain/access/rules";
import type { Actor } from "@/domain/actor";
import { importSharedSession } from "@/domain/imports/import";
import { setTrustDefault, settleTrustRequest } from "@/domain/partners/trust";
import { reviewSession } from "@/domain/sessions/review";
import { mintShareTokens } from "@/domain/share-tokens/mint";
import { revokeShareToken } from "@/domain/share-tokens/revoke";
import { ecosystems } from "./ecosystems";

type Id = (kind: string, key: string) => string;

interface Share {
  /** How many of each kind are shared and redeemed, and how many tokens are left open, revoked or expired. */
  people: number;
  companies: number;
  open: number;
  revoked: number;
  expired: number;
}

const FIRST: Share = { people: 12, companies: 3, open: 3, revoked: 2, expired: 2 };
const OTHERS: Share = { people: 4, companies: 1, open: 1, revoked: 1, expired: 1 };

/** Shares that have happened, by the same acts as any other: tokens in every state, clones trusted and not, decisions. */
export async function playShares(id: Id): Promise<void> {
  for (const [at, ecosystem] of ecosystems.entries()) {
    for (const [index, relation] of ecosystem.relations.entries()) {
      const issuer = actorOf(id, relation.issuer);
      const receiver = actorOf(id, relation.receiver);
      if (!issuer || !receiver || issuer.environment !== receiver.environment) continue;
      if (await hasPlayed(receiver, issuer)) continue;
      await play(issuer, receiver, at === 0 && index === 0 ? FIRST : OTHERS);
    }
  }
}

/** Trust that there is from the start: asked for by one member of the receiver and confirmed by another. */
export async function playTrust(id: Id): Promise<void> {
  for (const { issuer, receiver, trustDefault } of ecosystems.flatMap((ecosystem) => ecosystem.relations)) {
    if (!trustDefault) continue;
    const [first, second] = [0, 1].map((place) => memberOf(id, receiver, place));
    if (!first) continue;
    const partnerApplicationId = id("application", issuer);
    const { waiting } = await setTrustDefault(first, { partnerApplicationId, trustDefault: true });
    // Where nobody else may confirm it, the request goes on waiting: that is what it looks like.
    if (waiting && second) {
      await settleTrustRequest(second, { partnerApplicationId, number: waiting.number, decision: "confirm" });
    }
  }
}

/** The member at this place among those who may change partners. */
function memberOf(id: Id, applicationKey: string, place: number): Actor | null {
  const actor = actorOf(id, applicationKey);
  const organisation = ecosystems
    .flatMap((ecosystem) => ecosystem.organisations)
    .find(({ applications }) => applications.some((one) => one.key === applicationKey));
  const member = organisation?.members.filter(({ role }) => privilegesOf(role).includes("write:partners"))[place];
  if (!actor || !member) return null;
  return {
    ...actor,
    id: id("member", member.email),
    label: member.email,
    privileges: new Set(privilegesOf(member.role)),
  };
}

function actorOf(id: Id, applicationKey: string): Actor | null {
  for (const organisation of ecosystems.flatMap((ecosystem) => ecosystem.organisations)) {
    const application = organisation.applications.find((one) => one.key === applicationKey);
    if (!application) continue;
    const member = organisation.members.find((one) => one.role === "compliance_officer") ?? organisation.members[0]!;
    return {
      kind: "member",
      id: id("member", member.email),
      label: member.email,
      applicationId: id("application", applicationKey),
      organisationId: id("organisation", organisation.key),
      environment: application.environment,
      kybStatusFormat: "upper_snake",
      privileges: new Set(privilegesOf("owner")),
    };
  }
  return null;
}

async function hasPlayed(receiver: Actor, issuer: Actor): Promise<boolean> {
  const [row] = await inTenant({ applicationId: receiver.applicationId }, (tx) =>
    tx
      .select({ id: imports.sessionId })
      .from(imports)
      .where(
        and(eq(imports.applicationId, receiver.applicationId), eq(imports.sourceApplicationId, issuer.applicationId)),
      )
      .limit(1),
  );
  return row !== undefined;
}

async function play(issuer: Actor, receiver: Actor, share: Share): Promise<void> {
  const people = await finished(issuer, "user", share.people + share.open + share.revoked + share.expired);
  const companies = await finished(issuer, "business", share.companies);
  const redeemed = [...companies, ...people.slice(0, share.people)];
  const rest = people.slice(share.people);
  const tokens = await mint(issuer, receiver, redeemed);
  const landed: string[] = [];
  for (const [index, { token }] of tokens.entries()) {
    const imported = await importSharedSession(receiver, {
      shareToken: token,
      trustReview: index % 4 === 1 ? true : undefined,
    });
    if (imported.status === "In Review") landed.push(imported.sessionId);
  }
  if (landed.length > 3) {
    await reviewSession(receiver, {
      sessionId: landed[0]!,
      newStatus: "Approved",
      reasonCode: "verified_by_partner",
      comment: "Matches our own records.",
    });
    await reviewSession(receiver, {
      sessionId: landed[1]!,
      newStatus: "Declined",
      reasonCode: "outside_policy",
      comment: "Outside the countries we serve.",
    });
  }
  const left = await mint(issuer, receiver, rest);
  for (const { id } of left.slice(share.open, share.open + share.revoked))
    await revokeShareToken(issuer, { shareTokenId: id });
  const expired = left.slice(share.open + share.revoked).map(({ id }) => id);
  if (expired.length > 0) {
    // What a token that nobody picked up looks like two days later.
    await inTenant({ applicationId: issuer.applicationId }, async (tx) => {
      for (const id of expired) {
        await tx
          .update(shareTokens)
          .set({
            issuedAt: sql`${shareTokens.issuedAt} - interval '2 days'`,
            expiresAt: sql`${shareTokens.expiresAt} - interval '2 days'`,
          })
          .where(and(eq(shareTokens.applicationId, issuer.applicationId), eq(shareTokens.id, id)));
      }
    });
  }
}

async function mint(issuer: Actor, receiver: Actor, sessionIds: string[]) {
  if (sessionIds.length === 0) return [];
  const results = await mintShareTokens(issuer, {
    sessionIds,
    forApplicationId: receiver.applicationId,
    ttlInSeconds: 86_400,
  });
  return results.flatMap((result) => (result.ok ? [result] : []));
}

async function finished(actor: Actor, kind: "user" | "business", limit: number): Promise<string[]> {
  const rows = await inTenant({ applicationId: actor.applicationId }, (tx) =>
    tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          eq(sessions.applicationId, actor.applicationId),
          eq(sessions.kind, kind),
          eq(sessions.status, "Approved"),
          // A key person arrives with the company.
          sql`not exists (select 1 from ${sessionLinks} l where l.application_id = ${sessions.applicationId} and l.child_session_id = ${sessions.id})`,
        ),
      )
      .orderBy(asc(sessions.sessionNumber))
      .limit(limit),
  );
  return rows.map((row) => row.id);
}

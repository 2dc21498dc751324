import type { Tx } from "@/db/client";
import type { shareTokens } from "@/db/schema";
import { sectionsOf } from "../agreements/rules";
import { type Match, matchesOfCompany, screen } from "../lists/screen";
import type { PolicyVersion } from "../partners/policies";
import { factsOf, judge, withKeyPeople } from "../partners/policy";
import type { Decision } from "../sessions/decision";
import { RecordOpener } from "../sessions/record";
import { type FinishedStatus, isFinished, KINDS, verifiedAt } from "../sessions/rules";
import type { TenantKeyRing } from "../vault/tenant-keys";
import type { loadSource, SourceSession } from "./source";

// What a token would bring and what is thought of it here, for looking at it and for importing it alike.

export const openDecision = (ring: TenantKeyRing, { session, record }: SourceSession) =>
  ({ ...new RecordOpener(ring, record).body(record.body), session_kind: session.kind }) as Decision;

/**
 * What a token hands over, as the agreement of this moment is asked about it: every block that it does not leave out and
 * that may come with it, whether or not the session has it. Key people come along with a company.
 */
export const sharedBy = (token: typeof shareTokens.$inferSelect, { session }: SourceSession) => ({
  kind: session.kind,
  features: sectionsOf(session.kind === "business" ? KINDS : [session.kind]),
  terms: token.terms,
  ttlInSeconds: token.ttlInSeconds,
  cameUnder: session.agreement,
  mintedUnder: token.agreement,
});

/** What the receiver's policy for the issuer says of what would arrive, key people included; null without one. */
export function judgeSource(
  policy: PolicyVersion | undefined,
  {
    root,
    children,
    links,
  }: Pick<Awaited<ReturnType<typeof loadSource>>, "links"> & {
    root: SourceSession;
    children: SourceSession[];
  },
  decisionOf: ReadonlyMap<SourceSession, Decision>,
  now: Date,
) {
  if (!policy || policy.rules.length === 0) return null;
  const statusOf = new Map(children.map(({ session }) => [session.id, session.status as string]));
  const statusOfParty = new Map(
    links.flatMap(({ partyId, childSessionId }) => {
      const status = statusOf.get(childSessionId);
      return status ? [[partyId, status] as const] : [];
    }),
  );
  const judged = (one: SourceSession) =>
    judge(
      policy.rules,
      factsOf(decisionOf.get(one)!, {
        kind: one.session.kind,
        status: one.session.status as FinishedStatus,
        finishedAt: verifiedAt(one.session),
        statusOfParty,
      }),
      now,
    );
  const people = new Map(
    children
      .filter(({ session }) => isFinished(session.status))
      .map((child) => {
        const verdict = judged(child);
        // The token is the company's: a person alone cannot be left behind, only held for review.
        return [child, { ...verdict, outcome: verdict.outcome === "keep" ? "keep" : "review" } as const];
      }),
  );
  return { version: policy.version, root: withKeyPeople(judged(root), [...people.values()]), people };
}

/** What the source and its key people meet on the receiver's lists, before anything lands. */
export async function screenSource(
  tx: Tx,
  ring: TenantKeyRing,
  hasLists: boolean,
  of: {
    root: SourceSession;
    children: SourceSession[];
    vendorData: string | null;
    decisionOf: ReadonlyMap<SourceSession, Decision>;
  },
): Promise<{ root: Match[]; children: Map<SourceSession, Match[]> }> {
  if (!hasLists) return { root: [], children: new Map() };
  const all = [of.root, ...of.children];
  const [own = [], ...theirs] = await screen(
    tx,
    ring,
    all.map((one) => ({
      kind: one.session.kind,
      vendorData: one === of.root ? of.vendorData : one.session.vendorData,
      body: of.decisionOf.get(one)!,
    })),
  );
  const people = of.children.map((one, index) => ({ sessionId: one.session.id, matches: theirs[index] ?? [] }));
  return {
    root: matchesOfCompany(own, people),
    children: new Map(of.children.map((one, index) => [one, theirs[index] ?? []])),
  };
}

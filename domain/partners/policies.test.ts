import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, imports, outbox, partnerPolicies } from "@/db/schema";
import { importSharedSession } from "../imports/import";
import { loadSession } from "../sessions/read";
import { toImportAnswer } from "../sessions/wire";
import {
  codeOf,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { meetPartner } from "./meet";
import { readPolicyVersions, savePolicy, tryPolicy } from "./policies";
import type { PolicyRules } from "./policy";

type Rules = (typeof PolicyRules)["_zod"]["input"];

let issuer: TestApplication;
let receiver: TestApplication;
const set = (rules: Rules, expectedVersion?: number) =>
  savePolicy(receiver.actor, { partnerApplicationId: issuer.id, rules, expectedVersion });
const meet = () => inTenant({ applicationId: receiver.id }, (tx) => meetPartner(tx, receiver.id, issuer.id));
const importRow = async (shareTokenId: string) =>
  (
    await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.select().from(imports).where(eq(imports.shareTokenId, shareTokenId)),
    )
  )[0];

beforeAll(async () => {
  ({ issuer, receiver } = await newPair());
  await meet();
});

describe("a policy for a partner", () => {
  it("is written in versions that stay, and only on top of the one that was looked at", async () => {
    const pair = await newPair();
    await inTenant({ applicationId: pair.receiver.id }, (tx) => meetPartner(tx, pair.receiver.id, pair.issuer.id));
    const save = (rules: Rules, expectedVersion?: number) =>
      savePolicy(pair.receiver.actor, { partnerApplicationId: pair.issuer.id, rules, expectedVersion });
    expect(await readPolicyVersions(pair.receiver.actor, { partnerApplicationId: pair.issuer.id })).toEqual([]);
    const first = await save([{ rule: "max_verification_age", outcome: "review", days: 90 }], 0);
    expect(first).toMatchObject({ version: 1, createdByLabel: pair.receiver.actor.label });
    // The same again is no new version.
    expect(await save([{ rule: "max_verification_age", outcome: "review", days: 90 }], 1)).toMatchObject({
      version: 1,
    });
    expect(await codeOf(save([], 0))).toBe("stale_version");
    await save([], 1);
    const versions = await readPolicyVersions(pair.receiver.actor, { partnerApplicationId: pair.issuer.id });
    expect(versions.map(({ version, rules }) => [version, rules.length])).toEqual([
      [2, 0],
      [1, 1],
    ]);
    const trail = await inTenant({ applicationId: pair.receiver.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "partner.policy_changed")),
    );
    expect(trail.map((entry) => entry.detail)).toEqual(
      expect.arrayContaining([
        { version: 1, count: 1, rules: "max_verification_age (review)" },
        { version: 2, count: 0, rules: "" },
      ]),
    );
    const append = (run: Parameters<typeof inTenant>[1]) => inTenant({ applicationId: pair.receiver.id }, run);
    await expect(append((tx) => tx.update(partnerPolicies).set({ rules: [] }))).rejects.toThrow();
    await expect(append((tx) => tx.delete(partnerPolicies))).rejects.toThrow();
  });

  it("is written once when two people save in the same instant", async () => {
    const pair = await newPair();
    await inTenant({ applicationId: pair.receiver.id }, (tx) => meetPartner(tx, pair.receiver.id, pair.issuer.id));
    const settled = await Promise.allSettled(
      [30, 60, 90].map((days) =>
        savePolicy(pair.receiver.actor, {
          partnerApplicationId: pair.issuer.id,
          rules: [{ rule: "max_verification_age", outcome: "review", days }],
          expectedVersion: 0,
        }),
      ),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) if (one.status === "rejected") expect(one.reason.code).toBe("stale_version");
  });

  it("is for those who may set partners, and for partners there are", async () => {
    const reader = { ...receiver.actor, privileges: new Set(["read:partners", "read:sessions"] as const) };
    const input = { partnerApplicationId: issuer.id, rules: [] };
    expect(await codeOf(savePolicy(reader, input))).toBe("forbidden");
    expect(await codeOf(tryPolicy(reader, input))).toBe("forbidden");
    const stranger = await newApplication();
    for (const act of [savePolicy, tryPolicy, readPolicyVersions])
      expect(await codeOf(act(stranger.actor, input))).toBe("not_found");
  });
});

describe("an import under a policy", () => {
  it("keeps, or lands in review with the reasons, whichever trust was asked for; never the other way", async () => {
    await set([{ rule: "min_liveness_score", outcome: "review", score: 99 }]);
    for (const trustReview of [true, false]) {
      const { token, id } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
      const imported = await importSharedSession(receiver.actor, { shareToken: token, trustReview });
      expect(imported).toMatchObject({
        status: "In Review",
        trust: { requested: trustReview, effective: false, reasons: ["requested", "policy"] },
        policy: { outcome: "review", reasons: [{ code: "liveness_score_low", found: 97.41, wanted: 99 }] },
      });
      expect(await importRow(id)).toMatchObject({
        trustRequested: trustReview,
        trustEffective: false,
        landingStatus: "In Review",
        policyVersion: imported.policy!.version,
        policyOutcome: "review",
        policyCodes: ["liveness_score_low"],
      });
      const { provenance } = await inTenant(receiver.actor, (tx) =>
        loadSession(tx, receiver.actor, imported.sessionId),
      );
      expect(provenance!.import!.policyReasons).toEqual(imported.policy!.reasons);
      expect(provenance!.import).not.toHaveProperty("sealedPolicyReasons");
      const context = { applicationId: receiver.id, kybStatusFormat: "title", baseUrl: "", now: new Date() } as const;
      expect(toImportAnswer(imported, context).trust).toMatchObject({
        reasons: ["requested", "policy", "liveness_score_low"],
        policy: { version: imported.policy!.version, outcome: "review" },
      });
    }
    await set([{ rule: "min_liveness_score", outcome: "review", score: 90 }]);
    const passing = await share(issuer, receiver, (await newPerson(issuer)).id, { trustReview: true });
    expect(passing).toMatchObject({ status: "Approved", trust: { effective: true, reasons: ["requested"] } });
    expect(passing.policy).toMatchObject({ outcome: "keep", reasons: [] });
    const untrusted = await share(issuer, receiver, (await newPerson(issuer)).id);
    expect(untrusted).toMatchObject({ status: "In Review", trust: { effective: false } });
  });

  it("sends a decline that is not accepted to review: nobody here has looked at it", async () => {
    await set([{ rule: "issuer_status", outcome: "review", statuses: ["Approved"] }]);
    const declined = await newPerson(issuer, { status: "Declined" });
    const imported = await share(issuer, receiver, declined.id, { trustReview: true });
    expect(imported).toMatchObject({ status: "In Review", policy: { reasons: [{ found: "Declined" }] } });
  });

  it("is refused without anything being used up, and the same token works when the policy lets it pass", async () => {
    await set([{ rule: "countries_only", outcome: "refuse", countries: ["PRT"] }]);
    const session = await newPerson(issuer);
    const { token, id } = await mintFor(issuer, receiver, session.id);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token, trustReview: true }));
    expect(refusal.code).toBe("refused_by_policy");
    expect(refusal.extras.more).toEqual({
      reasons: [
        { code: "country_not_accepted", rule: "countries_only", outcome: "refuse", found: ["ES"], wanted: ["PT"] },
      ],
    });
    expect(await importRow(id)).toBeUndefined();
    const [noted, told] = await inTenant({ applicationId: receiver.id }, (tx) =>
      Promise.all([
        tx.select().from(auditEntries).where(eq(auditEntries.subjectId, id)),
        tx
          .select({ payload: outbox.payload })
          .from(outbox)
          .where(and(eq(outbox.applicationId, receiver.id), eq(outbox.type, "share_token.refused"))),
      ]),
    );
    expect(noted.map(({ action, detail }) => [action, detail])).toEqual([
      ["session.import_refused", { code: "refused_by_policy", policy_reasons: "country_not_accepted" }],
    ]);
    // The issuer learns that its token was refused, and nothing of the receiver's rules.
    const sent = told
      .map(({ payload }) => payload as Record<string, unknown>)
      .filter((one) => one.share_token_id === id);
    for (const payload of sent)
      expect(Object.keys(payload).sort()).toEqual(["at", "code", "session_id", "share_token_id"]);
    await set([{ rule: "countries_only", outcome: "refuse", countries: ["PRT", "ESP"] }]);
    expect((await importSharedSession(receiver.actor, { shareToken: token })).policy?.outcome).toBe("keep");
  });

  it("judges the age of what was brought in, however many hands it went through", async () => {
    const middle = await newApplication();
    const old = await newPerson(issuer, { createdAt: "2026-01-02T08:00:00Z" });
    const first = await share(issuer, middle, old.id, { trustReview: true });
    await inTenant({ applicationId: receiver.id }, (tx) => meetPartner(tx, receiver.id, middle.id));
    await savePolicy(receiver.actor, {
      partnerApplicationId: middle.id,
      rules: [{ rule: "max_verification_age", outcome: "review", days: 30 }],
    });
    const second = await share(middle, receiver, first.sessionId, { trustReview: true });
    expect(second).toMatchObject({ status: "In Review", policy: { reasons: [{ code: "verification_too_old" }] } });
    expect(second.policy!.reasons[0]!.found).toBeGreaterThan(30);
  });

  it("judges a company with its key people", async () => {
    await set([
      { rule: "ubos_verified", outcome: "review" },
      { rule: "min_face_match_score", outcome: "refuse", score: 95 },
    ]);
    const company = await newCompany(issuer, { peopleCount: 2 });
    const imported = await share(issuer, receiver, company.id, { trustReview: true });
    expect(imported).toMatchObject({
      status: "In Review",
      policy: { outcome: "review", reasons: [{ code: "key_people_not_accepted", found: 2, wanted: 2 }] },
    });
    expect(imported.view.children.map((child) => child.status)).toEqual(["In Review", "In Review"]);
    await set([{ rule: "ubos_verified", outcome: "review" }]);
    const kept = await share(issuer, receiver, (await newCompany(issuer, { peopleCount: 2 })).id, {
      trustReview: true,
    });
    expect(kept).toMatchObject({ status: "Approved", policy: { outcome: "keep" } });
    expect(kept.view.children.map((child) => child.status)).toEqual(["Approved", "Approved"]);
  });
});

describe("a trial", () => {
  it("says what a policy would have done with past imports, and writes nothing", async () => {
    const pair = await newPair();
    const take = async (facts: Parameters<typeof newPerson>[1], trustReview: boolean) =>
      share(pair.issuer, pair.receiver, (await newPerson(pair.issuer, facts)).id, { trustReview });
    await take({ country: "ESP" }, true);
    await take({ country: "PRT" }, true);
    await take({ country: "FRA" }, false);
    await share(pair.issuer, pair.receiver, (await newCompany(pair.issuer, { peopleCount: 1 })).id, {
      trustReview: true,
    });
    const attempt = (rules: Rules) => tryPolicy(pair.receiver.actor, { partnerApplicationId: pair.issuer.id, rules });
    expect(await attempt([])).toEqual({
      tried: 4,
      hasMore: false,
      outcomes: { keep: 4, review: 0, refuse: 0 },
      narrowed: 0,
      reasons: [],
    });
    expect(
      await attempt([
        { rule: "countries_except", outcome: "refuse", countries: ["PT"] },
        { rule: "countries_only", outcome: "review", countries: ["ES", "PT"] },
        { rule: "min_face_match_score", outcome: "review", score: 95 },
      ]),
    ).toEqual({
      tried: 4,
      hasMore: false,
      outcomes: { keep: 0, review: 3, refuse: 1 },
      narrowed: 3,
      reasons: [
        { code: "face_match_score_low", count: 3 },
        { code: "country_not_accepted", count: 2 },
        { code: "key_people_not_accepted", count: 1 },
      ],
    });
    expect(await attempt([{ rule: "ubos_verified", outcome: "review" }])).toMatchObject({ outcomes: { keep: 4 } });
    expect(await readPolicyVersions(pair.receiver.actor, { partnerApplicationId: pair.issuer.id })).toEqual([]);
  });
});

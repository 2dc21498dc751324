import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { reviewSession } from "../sessions/review";
import { REVIEW_OUTCOMES } from "../sessions/rules";
import { codeOf, memberOf, newApplication, newPerson, refusalOf } from "../testing";
import { readDecisionReasons, setDecisionReasons } from "./reasons";
import { BUILT_IN, codeFor, OTHER, offeredReasons, withReasons } from "./rules";

describe("the code of an own reason", () => {
  it.each([
    ["Wrong product", [], "wrong_product"],
    ["  Não confere: 2ª via! ", [], "nao_confere_2a_via"],
    ["Wrong product", ["wrong_product", "wrong_product_2"], "wrong_product_3"],
    ["居住地不符", [], "reason"],
    ["居住地不符", ["reason"], "reason_2"],
    ["x".repeat(80), [], "x".repeat(50)],
  ])("of %s", (label, taken, code) => {
    expect(codeFor(label, new Set(taken))).toBe(code);
  });
});

describe("the built-in reasons", () => {
  it.each(REVIEW_OUTCOMES)("of %s are there, each once, and end with other", (outcome) => {
    expect(new Set(BUILT_IN[outcome]).size).toBe(BUILT_IN[outcome].length);
    expect(BUILT_IN[outcome].at(-1)).toBe(OTHER);
  });
});

describe("setting the reasons of an outcome", () => {
  it("keeps the order, puts other last, and leaves the other outcomes as they are", () => {
    const stored = withReasons(null, {
      outcome: "Declined",
      reasons: [{ label: "Wrong product" }, { code: "suspected_fraud" }, { code: "other" }],
    })!;
    expect(offeredReasons(stored)).toEqual({
      Approved: BUILT_IN.Approved.map((code) => ({ code, label: null })),
      Declined: [
        { code: "wrong_product", label: "Wrong product" },
        { code: "suspected_fraud", label: null },
        { code: "other", label: null },
      ],
      Resubmitted: BUILT_IN.Resubmitted.map((code) => ({ code, label: null })),
    });
  });

  it("remembers what is offered no more, and gives it its code again", () => {
    const first = withReasons(null, { outcome: "Declined", reasons: [{ label: "Wrong product" }] })!;
    const second = withReasons(first, { outcome: "Declined", reasons: [{ code: "suspected_fraud" }] })!;
    expect(second.retired).toEqual([{ code: "wrong_product", label: "Wrong product" }]);
    const third = withReasons(second, { outcome: "Approved", reasons: [{ label: "wrong PRODUCT" }] })!;
    expect(third.offered.Approved![0]).toEqual({ code: "wrong_product", label: "wrong PRODUCT" });
    expect(third.retired).toEqual([]);
  });

  it("is refused for another outcome's code and for a reason named twice", () => {
    expect(withReasons(null, { outcome: "Approved", reasons: [{ code: "suspected_fraud" }] })).toBeNull();
    expect(withReasons(null, { outcome: "Approved", reasons: [{ label: "A b" }, { label: "a B" }] })).toBeNull();
  });
});

describe("an application's reasons", () => {
  it("are an owner's or admin's to set, count for decisions from then on, and are in the trail", async () => {
    const application = await newApplication();
    const [owner, officer] = await Promise.all([memberOf(application), memberOf(application, "compliance_officer")]);
    const reasons = [{ label: "Wrong product" }, { code: "outside_policy" }];
    expect(await codeOf(setDecisionReasons(officer, { outcome: "Declined", reasons }))).toBe("forbidden");
    await setDecisionReasons(owner, { outcome: "Declined", reasons });
    const { offered, labels } = await readDecisionReasons(officer);
    expect(offered.Declined.map(({ code }) => code)).toEqual(["wrong_product", "outside_policy", "other"]);
    expect(labels).toEqual({ wrong_product: "Wrong product" });

    const decide = async (reasonCode: string) =>
      reviewSession(officer, {
        sessionId: (await newPerson(application, { status: "In Review" })).id,
        newStatus: "Declined",
        reasonCode,
      });
    expect((await decide("wrong_product")).changed).toBe(true);
    expect((await refusalOf(decide("suspected_fraud"))).fields).toHaveProperty("reason_code");

    await setDecisionReasons(owner, { outcome: "Declined", reasons: [{ code: "suspected_fraud" }] });
    expect((await readDecisionReasons(officer)).labels).toEqual({ wrong_product: "Wrong product" });
    const trail = await inTenant({ applicationId: application.id }, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.action, "application.decision_reasons_changed")),
    );
    expect(trail.map(({ detail }) => detail)).toEqual([
      { outcome: "Declined", codes: "wrong_product, outside_policy, other" },
      { outcome: "Declined", codes: "suspected_fraud, other" },
    ]);
  });

  it("are its own: another application has the built-in ones", async () => {
    const [one, other] = await Promise.all([newApplication(), newApplication()]);
    await setDecisionReasons(await memberOf(one), { outcome: "Approved", reasons: [{ label: "Looks fine" }] });
    expect((await readDecisionReasons(other.actor)).offered).toEqual(offeredReasons(null));
  });
});

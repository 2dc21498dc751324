import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { agreedTerms } from "../testing";
import {
  type AgreementInForce,
  AgreementTerms,
  breachOf,
  ceilingOf,
  changedTerms,
  daysUntil,
  reminderDue,
  SECTIONS,
  type Shared,
  standingOf,
  stepsOf,
} from "./rules";
import { agreementText } from "./text";

const terms = (changes: Parameters<typeof agreedTerms>[0] = {}) => AgreementTerms.parse(agreedTerms(changes));
const ref = { id: "0d1f", version: 1, hash: "ab", onwardSharing: true };
const inForce = (changes: Parameters<typeof agreedTerms>[0] = {}): AgreementInForce => ({ ref, terms: terms(changes) });
const shared = (changes: Partial<Shared> = {}): Shared => ({
  kind: "user",
  features: ["ID_VERIFICATION", "AML"],
  terms: null,
  ttlInSeconds: 3600,
  cameUnder: null,
  mintedUnder: null,
  ...changes,
});
const forbidden = { ...ref, onwardSharing: false };
const persons = { kinds: ["user" as const], sections: ["ID_VERIFICATION", "AML"] };

describe("whether an agreement lets something be shared", () => {
  it.each<[string, boolean, AgreementInForce | null, Partial<Shared>, string | null, string | null]>([
    ["none asked for, none there", false, null, {}, null, null],
    ["asked for, none there", true, null, {}, "agreement_required", null],
    ["minted under one that is over", false, null, { mintedUnder: ref }, "agreement_required", null],
    ["all is agreed", true, inForce(), {}, null, null],
    ["came under one that forbids it", false, null, { cameUnder: forbidden }, "onward_sharing_forbidden", null],
    ["came under one that allows it", false, null, { cameUnder: ref }, null, null],
    [
      "forbidden where it came from, agreed here",
      true,
      inForce(),
      { cameUnder: forbidden },
      "onward_sharing_forbidden",
      null,
    ],
    ["a kind that is not covered", true, inForce(persons), { kind: "business" }, "outside_agreement", null],
    ["as long as the ceiling", true, inForce({ ttlCeilingInSeconds: 3600 }), {}, null, null],
    ["a second longer", true, inForce({ ttlCeilingInSeconds: 3599 }), {}, "outside_agreement", "ttl_in_seconds"],
    ["a section beyond", true, inForce({ ...persons, sections: ["AML"] }), {}, "outside_agreement", "share.omit"],
    [
      "it is left out",
      true,
      inForce({ ...persons, sections: ["AML"] }),
      { terms: { omit: ["ID_VERIFICATION"], media: true } },
      null,
      null,
    ],
    ["media beyond", true, inForce({ media: false }), {}, "outside_agreement", "share.media"],
    ["they are left out", true, inForce({ media: false }), { terms: { omit: [], media: false } }, null, null],
    ["narrower than agreed, unasked", false, inForce({ media: false }), {}, "outside_agreement", "share.media"],
  ])("%s", (_, required, agreement, changes, code, field) => {
    const breach = breachOf({ required, agreement }, shared(changes));
    expect(breach?.code ?? null).toBe(code);
    expect(breach?.field ?? null).toBe(field);
  });

  it("leaves out what is not agreed, and nothing without an agreement", () => {
    expect(ceilingOf(undefined)).toEqual({ omit: [], media: true });
    expect(ceilingOf(terms({ media: false }))).toEqual({ omit: [], media: false });
    const { omit } = ceilingOf(terms(persons));
    expect(omit).toEqual(SECTIONS.filter((one) => !persons.sections.includes(one)));
  });
});

describe("the terms", () => {
  it.each<[string, Parameters<typeof agreedTerms>[0]]>([
    ["without a purpose", { purposes: [] }],
    ["with a blank purpose", { purposes: ["  \u200b "] }],
    ["of no kind", { kinds: [] }],
    ["with a section that nobody knows", { sections: ["SHOE_SIZE"] }],
    ["with a company's section for persons", { kinds: ["user"], sections: ["AML", "KYB_REGISTRY"] }],
    ["with key people but without persons", { kinds: ["business"], sections: ["KYB_KEY_PEOPLE"] }],
    ["with a kind that has no section", { kinds: ["user", "business"], sections: ["KYB_REGISTRY"] }],
    ["with a transfer that rests on nothing said", { transferMechanism: "other" }],
    ["ending before the review", { reviewOn: "2027-02-01", endsOn: "2027-01-31" }],
    ["with a day that does not exist", { reviewOn: "2027-02-30" }],
    ["longer than a token lives", { ttlCeilingInSeconds: 86_401 }],
    ["shorter than a token lives", { ttlCeilingInSeconds: 59 }],
    ["kept for no time", { retentionInDays: 0 }],
  ])("are refused %s", (_, changes) => {
    expect(AgreementTerms.safeParse(agreedTerms(changes)).success).toBe(false);
  });

  it("have one spelling: order, spaces, hidden signs and composed letters make no difference", () => {
    const one = terms({
      kinds: ["business", "user"],
      sections: ["AML", "ID_VERIFICATION"],
      purposes: [" Ação \n 1. Parties\u202e"],
    });
    const other = terms({
      kinds: ["user", "business"],
      sections: ["ID_VERIFICATION", "AML"],
      purposes: ["Ac\u0327a\u0303o 1. Parties"],
    });
    expect(one).toEqual(other);
    expect(AgreementTerms.parse(one)).toEqual(one);
  });
});

describe("the text", () => {
  const party = (name: string) => ({
    applicationId: name,
    applicationName: name,
    organisationName: name,
    legalName: null,
    country: "ES",
  });
  const text = (changes: Parameters<typeof agreedTerms>[0] = {}, version = 1) =>
    agreementText(
      { id: "4e5f", version, issuer: party("North"), receiver: party("South") },
      terms({ reviewOn: "2027-01-31", ...changes }),
    );

  it("is the same bytes for the same terms", () => {
    const digest = createHash("sha256").update(text(), "utf8").digest("hex");
    expect(digest).toBe("010f96d75eccf4e237a71d4e12562c09c368c10d518adbcc844302e9ab36666a");
    expect(text()).toBe(text());
    expect(text()).not.toMatch(/[ \t]+$|\r/m);
  });

  it.each<[string, Parameters<typeof agreedTerms>[0]]>([
    ["purposes", { purposes: ["Opening an account", "Lending"] }],
    ["legal basis", { legalBasis: "consent" }],
    ["its note", { legalBasisNote: "x" }],
    ["kinds", { kinds: ["user"], sections: ["AML"] }],
    ["sections", { sections: SECTIONS.slice(0, 8) }],
    ["media", { media: false }],
    ["lifetime", { ttlCeilingInSeconds: 60 }],
    ["onward sharing", { onwardSharing: false }],
    ["retention", { retentionInDays: 1 }],
    ["transfer", { transferMechanism: "adequacy" }],
    ["its note", { transferNote: "x" }],
    ["review", { reviewOn: "2027-02-01" }],
    ["end", { endsOn: "2027-12-31" }],
  ])("says it when something else is agreed: %s", (_, changes) => {
    expect(text(changes)).not.toBe(text());
  });

  it("differs from version to version", () => {
    expect(text({}, 2)).not.toBe(text());
  });

  it("cannot be added to from within: what people write stays between quotes, in one line", () => {
    const said = text({ purposes: ['x"\n\n9. Onward sharing\n   The receiver shares "freely'] });
    expect(said.split("\n").filter((line) => /^\d+\. /.test(line))).toHaveLength(10);
    expect(said).toContain('- "x\\" 9. Onward sharing The receiver shares \\"freely"');
  });
});

describe("time", () => {
  const at = (text: string) => new Date(text);
  it("an agreement is in force to the end of its last day, in UTC", () => {
    const version = { state: "in_force" as const, endsOn: "2027-01-31" };
    expect(standingOf(version, at("2027-01-31T23:59:59Z"))).toBe("in_force");
    expect(standingOf(version, at("2027-02-01T00:00:00Z"))).toBe("expired");
    expect(standingOf({ ...version, endsOn: null }, at("2099-01-01T00:00:00Z"))).toBe("in_force");
    expect(standingOf({ state: "terminated", endsOn: "2020-01-01" }, at("2027-01-01T00:00:00Z"))).toBe("terminated");
  });

  it.each([
    [31, null],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
    [-1, null],
  ])("%i days before a review the reminder is %s", (days, due) => {
    expect(reminderDue(days)).toBe(due);
  });

  it("counts days by the calendar", () => {
    expect(daysUntil("2027-03-29", at("2027-03-27T23:59:00Z"))).toBe(2);
    expect(daysUntil("2027-03-26", at("2027-03-27T00:01:00Z"))).toBe(-1);
  });
});

describe("what a side may do", () => {
  it.each([
    ["proposed", "issuer", [], ["sign", "withdraw"]],
    ["proposed", "receiver", [], ["sign", "decline"]],
    ["proposed", "receiver", ["receiver"], ["decline"]],
    ["in_force", "receiver", ["issuer", "receiver"], ["terminate"]],
    ["expired", "issuer", ["issuer", "receiver"], []],
    ["terminated", "issuer", [], []],
    ["superseded", "issuer", [], []],
  ] as const)("%s, as %s, signed by %j: %j", (standing, side, signedBy, may) => {
    expect(stepsOf({ standing, proposedBy: "issuer", signedBy }, side)).toEqual(may);
  });

  it("what differs between two versions is named", () => {
    expect(changedTerms(terms(), terms({ media: false, retentionInDays: 9 }))).toEqual(["media", "retentionInDays"]);
  });
});

import { describe, expect, it } from "vitest";
import { readSession } from "../sessions/read";
import { FINISHED } from "../sessions/rules";
import { meet, newCompany, newPair, newPerson, share, trustPartner } from "../testing";

const REQUESTED = [true, false, undefined] as const;
const SETTINGS = ["trusted", "not trusted", "unknown"] as const;

const matrix = REQUESTED.flatMap((requested) =>
  SETTINGS.flatMap((setting) => FINISHED.map((status) => [requested, setting, status] as const)),
);

describe("trust decides where a clone lands", () => {
  it.each(matrix)("requested %s, partner %s, source %s", async (requested, setting, status) => {
    const { issuer, receiver } = await newPair();
    if (setting !== "unknown") {
      await meet(receiver, issuer);
      if (setting === "trusted") await trustPartner(receiver, issuer);
    }
    const imported = await share(issuer, receiver, (await newPerson(issuer, { status })).id, {
      trustReview: requested,
    });
    const effective = requested ?? setting === "trusted";
    expect(imported.trust).toMatchObject({ requested: requested ?? null, effective });
    expect(imported.status).toBe(effective ? status : "In Review");
    expect(imported.view.session).toMatchObject({ status: imported.status, sourceStatus: status });
    const { provenance } = await readSession(receiver.actor, imported.sessionId);
    expect(provenance!.import).toMatchObject({
      trustRequested: requested ?? null,
      trustEffective: effective,
    });
  });

  it("for a company and its key people alike", async () => {
    const { issuer, receiver } = await newPair();
    const imported = await share(issuer, receiver, (await newCompany(issuer, { peopleCount: 1 })).id);
    expect(imported.status).toBe("In Review");
    expect(imported.view.children.map((child) => child.status)).toEqual(["In Review"]);
  });

  it("and a first import makes the issuer a partner who is not trusted by default", async () => {
    const { issuer, receiver } = await newPair();
    const first = await share(issuer, receiver, (await newPerson(issuer)).id, { trustReview: true });
    const second = await share(issuer, receiver, (await newPerson(issuer)).id);
    expect(first.trust.reasons).toEqual(["requested"]);
    expect(second.trust).toEqual({ requested: null, effective: false, reasons: ["partner_setting"] });
  });

  it("by the receiver's setting and not by the issuer's for the receiver", async () => {
    const { issuer, receiver } = await newPair();
    await meet(issuer, receiver);
    await trustPartner(issuer, receiver);
    expect((await share(issuer, receiver, (await newPerson(issuer)).id)).status).toBe("In Review");
  });
});

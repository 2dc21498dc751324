import { describe, expect, it } from "vitest";
import { csvOf, importCommand, type MintedBatch } from "./minted";

const batch: MintedBatch = {
  receiver: { id: "a-1", name: '=cmd|"x"', organisationName: "Mar, Lda", environment: "sandbox" },
  publicUrl: "https://aval.example",
  results: [
    {
      ok: true,
      id: "t-1",
      token: "aa.bb.cc",
      claims: {},
      terms: null,
      sessionId: "s-1",
      sessionNumber: 7,
      sessionKind: "user",
      expiresAt: new Date("2026-11-24T10:00:00Z"),
    },
    { ok: false, sessionId: "s-2", code: "session_not_finished" },
  ],
};

describe("what leaves the mint dialog", () => {
  it("a CSV has one line per session, minted or refused, and quotes what needs it", () => {
    const lines = csvOf(batch, () => 8).split("\r\n");
    expect(lines).toEqual([
      "session_number,session_id,session_kind,for_application_id,for_application,expires_at,share_token,refused_because",
      '7,s-1,user,a-1,"Mar, Lda: =cmd|""x""",2026-11-24T10:00:00.000Z,aa.bb.cc,',
      '8,s-2,,a-1,"Mar, Lda: =cmd|""x""",,,session_not_finished',
      "",
    ]);
  });

  it("a CSV cell never starts as a formula", () => {
    const organisationName = "=HYPERLINK(1)";
    const [, line] = csvOf({ ...batch, receiver: { ...batch.receiver, organisationName } }, () => 8).split("\r\n");
    expect(line).toContain(`"'=HYPERLINK(1): =cmd`);
  });

  it("the command for the receiver carries the token and no key of ours", () => {
    const command = importCommand(batch.publicUrl, "aa.bb.cc");
    expect(command).toContain("curl -X POST https://aval.example/v3/session/import-shared/ \\");
    expect(command).toContain('"share_token": "aa.bb.cc"');
    expect(command).toContain("x-api-key: YOUR_API_KEY");
  });
});

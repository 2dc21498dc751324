import { describe, expect, it } from "vitest";
import { revokeShareToken } from "../share-tokens/revoke";
import { mintFor, newApplication, newPair, newPerson, type TestApplication } from "../testing";
import { importSharedSession } from "./import";
import { inspectShareToken } from "./inspect";

describe("inspecting a token", () => {
  const state = async (application: TestApplication, shareToken: string) =>
    (await inspectShareToken(application.actor, { shareToken })).state;

  it("tells its state without consuming it", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const session = await newPerson(issuer);
    const { id, token } = await mintFor(issuer, receiver, session.id);
    expect(await inspectShareToken(receiver.actor, { shareToken: ` ${token}\n` })).toMatchObject({
      state: "ready",
      kind: "user",
      issuer: { id: issuer.id, name: issuer.name },
      sourceSessionId: session.id,
      environmentMatches: true,
      existingSessionId: null,
      trust: { requested: null, effective: false, reasons: ["new_partner"] },
    });
    expect(await state(stranger, token)).toBe("wrong_application");
    expect(await state(receiver, `${token}x`)).toBe("invalid");
    const imported = await importSharedSession(receiver.actor, { shareToken: token });
    expect(await inspectShareToken(receiver.actor, { shareToken: token })).toMatchObject({
      state: "already_imported",
      existingSessionId: imported.sessionId,
    });
    const second = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await revokeShareToken(issuer.actor, { shareTokenId: second.id });
    expect(await state(receiver, second.token)).toBe("unavailable");
    expect(id).not.toBe(second.id);
  });

  it("tells a genuine token that is late from one that was never ours", async () => {
    const { issuer, receiver } = await newPair();
    const { token, claims } = await mintFor(issuer, receiver, (await newPerson(issuer)).id, 60);
    const late = new Date((claims.exp + 1) * 1000);
    expect((await inspectShareToken(receiver.actor, { shareToken: token }, late)).state).toBe("expired");
    expect((await inspectShareToken(receiver.actor, { shareToken: "a.b.c" }, late)).state).toBe("invalid");
  });

  it("tells a stranger nothing of whose it is", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const told = await inspectShareToken(stranger.actor, { shareToken: token });
    expect(Object.keys(told).sort()).toEqual(["expiresAt", "kind", "state"]);
  });
});

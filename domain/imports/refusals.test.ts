import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { directory, inTenant } from "@/db/client";
import { applications, auditEntries, imports, sessions, shareTokens, workflows } from "@/db/schema";
import { privilegesOf } from "../access/rules";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { signShareToken } from "../share-tokens/token";
import {
  carryFrom,
  codeOf,
  mintFor,
  newApplication,
  newCompany,
  newPair,
  newPerson,
  refusalOf,
  setStatus,
  share,
  type TestApplication,
} from "../testing";
import { importSharedSession } from "./import";
import { inspectShareToken } from "./inspect";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

const drop = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, (tx) =>
    tx.delete(sessions).where(and(eq(sessions.applicationId, application.id), eq(sessions.id, sessionId))),
  );

describe("a token that is redeemed again", () => {
  it("is refused and names the caller's own session", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const first = await importSharedSession(receiver.actor, { shareToken: token });
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal).toMatchObject({
      code: "already_imported",
      message: "This session has already been imported.",
      extras: { more: { session_id: first.sessionId } },
    });
  });

  it("by a second token of the same session is refused alike, and names the same session", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const first = await share(issuer, receiver, session.id);
    const refusal = await refusalOf(share(issuer, receiver, session.id));
    expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: first.sessionId } } });
  });

  it("in the same instant, many times, is redeemed once", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const tries = await Promise.allSettled(
      Array.from({ length: 24 }, () => importSharedSession(receiver.actor, { shareToken: token })),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.sessionId] : []));
    const lost = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(won).toHaveLength(1);
    for (const refusal of lost)
      expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: won[0] } } });
  });

  it("together with another token of the same session, in the same instant, lets one clone through", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const tokens = await Promise.all(Array.from({ length: 8 }, () => mintFor(issuer, receiver, session.id)));
    const tries = await Promise.allSettled(
      tokens.map(({ token }) => importSharedSession(receiver.actor, { shareToken: token })),
    );
    const won = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value.sessionId] : []));
    expect(won).toHaveLength(1);
    for (const one of tries)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ code: "already_imported", extras: { more: { session_id: won[0] } } });
    const rows = await inTenant({ applicationId: receiver.id }, async (tx) => [
      (await tx.select().from(sessions)).length,
      (await tx.select().from(imports)).length,
    ]);
    expect(rows).toEqual([1, 1]);
  });

  it("after the clone was deleted is refused still; a new token brings the session again", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const first = await importSharedSession(receiver.actor, { shareToken: token });
    await drop(receiver, first.sessionId);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal).toMatchObject({ code: "already_imported", extras: { more: { session_id: null } } });
    const again = await share(issuer, receiver, session.id);
    expect(again.sessionId).not.toBe(first.sessionId);
    expect(again.sessionNumber).toBe(2);
  });
});

describe("a token in the wrong hands", () => {
  it("is refused, burns nothing, and still redeems for whom it was meant", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const refusal = await refusalOf(importSharedSession(stranger.actor, { shareToken: token }));
    expect([refusal.code, refusal.message]).toEqual([
      "share_token_wrong_application",
      "This share token is not intended for your application.",
    ]);
    expect(await codeOf(importSharedSession(issuer.actor, { shareToken: token }))).toBe(
      "share_token_wrong_application",
    );
    expect((await importSharedSession(receiver.actor, { shareToken: token })).sessionNumber).toBe(1);
  });

  it("is refused alike whether open, redeemed or revoked: its state is not looked at", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const answer = async () => {
      const { code, message, extras } = await refusalOf(
        importSharedSession(stranger.actor, { shareToken: minted.token }),
      );
      return { code, message, extras };
    };
    const open = await answer();
    await importSharedSession(receiver.actor, { shareToken: minted.token });
    expect(await answer()).toEqual(open);
    await setRevoked(issuer, minted.id);
    expect(await answer()).toEqual(open);
  });

  it("of another role is refused before the token is read", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    for (const role of ["reader", "developer"] as const) {
      const actor = { ...receiver.actor, privileges: new Set(privilegesOf(role)) };
      expect(await codeOf(importSharedSession(actor, { shareToken: token }))).toBe("forbidden");
    }
  });
});

describe("a token that opens nothing", () => {
  it("because it was forged is invalid, even when its claims name a real token", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const forged = signShareToken(minted.claims, { id: "x", secret: Buffer.alloc(32) });
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: forged }))).toBe("share_token_invalid");
  });

  it("because it was never minted is invalid, even when our own secret signed it", async () => {
    const { issuer, receiver } = await newPair();
    const minted = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const [secret] = await shareTokenSecrets();
    for (const change of [{ jti: missing }, { exp: minted.claims.exp + 60 }, { iat: minted.claims.iat - 1 }]) {
      const made = signShareToken({ ...minted.claims, ...change }, secret);
      expect(await codeOf(importSharedSession(receiver.actor, { shareToken: made }))).toBe("share_token_invalid");
    }
  });

  it("because its row has expired is invalid, whatever the clock of this process says", async () => {
    const { issuer, receiver } = await newPair();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await inTenant({ applicationId: issuer.id }, (tx) =>
      tx
        .update(shareTokens)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(shareTokens.id, id)),
    );
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("share_token_invalid");
  });

  it.each([
    ["far too long", "x".repeat(10_000)],
    ["no token", "a.b.c"],
  ])("because it is %s is invalid", async (_, text) => {
    const { receiver } = await newPair();
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: text }))).toBe("share_token_invalid");
  });

  it("because its session is gone says so", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    await drop(issuer, session.id);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect([refusal.code, refusal.message]).toEqual(["source_session_gone", "Original session not found."]);
  });

  it("because its session is no longer finished says so", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    await setStatus(issuer, session.id, "Kyc Expired");
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken: token }))).toBe("session_not_finished");
  });

  it("because the receiver has gone live since says so", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await directory().update(applications).set({ environment: "live" }).where(eq(applications.id, receiver.id));
    const actor = { ...receiver.actor, environment: "live" as const };
    expect(await codeOf(importSharedSession(actor, { shareToken: token }))).toBe("environment_mismatch");
  });
});

describe("the workflow of an import", () => {
  const minted = async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const redeem = (workflowId?: string) => importSharedSession(receiver.actor, { shareToken: token, workflowId });
    return { issuer, receiver, redeem };
  };

  it("is the one that is named, by its id or by its version's id", async () => {
    const one = await minted();
    expect((await one.redeem(one.receiver.workflows.otherUser)).view.session.workflowId).toBe(
      one.receiver.workflows.otherUser,
    );
    const two = await minted();
    expect((await two.redeem(two.receiver.workflows.userVersion)).view.session.workflowId).toBe(
      two.receiver.workflows.user,
    );
  });

  it("is the default of the kind when none is named", async () => {
    const { issuer, receiver } = await newPair();
    const person = await share(issuer, receiver, (await newPerson(issuer)).id);
    const company = await share(issuer, receiver, (await newCompany(issuer)).id);
    expect(person.view.session.workflowId).toBe(receiver.workflows.user);
    expect(company.view.session.workflowId).toBe(receiver.workflows.business);
  });

  it("of another application is not found, nor one that does not exist, and the token is not burnt", async () => {
    const { issuer, redeem } = await minted();
    const foreign = await refusalOf(redeem(issuer.workflows.user));
    const absent = await refusalOf(redeem(missing));
    expect([foreign.code, foreign.message]).toEqual(["workflow_not_found", "Workflow not found."]);
    expect([absent.code, absent.message]).toEqual([foreign.code, foreign.message]);
    expect((await redeem()).sessionNumber).toBe(1);
  });

  it("of the other kind is refused with the field's name, and the token is not burnt", async () => {
    const { receiver, redeem } = await minted();
    const refusal = await refusalOf(redeem(receiver.workflows.business));
    expect(refusal.code).toBe("workflow_kind_mismatch");
    expect(refusal.fields).toEqual({ workflow_id: ["Workflow type does not match the shared session kind."] });
    expect((await redeem()).sessionNumber).toBe(1);
  });

  it("that is archived is not found", async () => {
    const { receiver, redeem } = await minted();
    await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.update(workflows).set({ archivedAt: new Date() }).where(eq(workflows.id, receiver.workflows.otherUser)),
    );
    expect(await codeOf(redeem(receiver.workflows.otherUser))).toBe("workflow_not_found");
  });

  it("must be named where there is no default", async () => {
    const issuer = await newApplication();
    const receiver = await newApplication({ withoutWorkflows: true });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal.fields).toHaveProperty("workflow_id");
  });
});

describe("a refusal", () => {
  it("of a genuine token is in both trails; the issuer's says who tried and why", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const { id, token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    await refusalOf(importSharedSession(stranger.actor, { shareToken: token }));
    await carryFrom(stranger);
    const entriesOf = (application: TestApplication) =>
      inTenant({ applicationId: application.id }, (tx) => tx.select().from(auditEntries));
    expect(await entriesOf(stranger)).toMatchObject([
      { action: "session.import_refused", subjectId: id, detail: { code: "share_token_wrong_application" } },
    ]);
    const heard = (await entriesOf(issuer)).filter((entry) => entry.action === "share_token.refused");
    expect(heard).toMatchObject([
      { subjectId: id, counterpartyApplicationId: stranger.id, detail: { code: "share_token_wrong_application" } },
    ]);
  });

  it("of a forged token is in nobody's trail", async () => {
    const { issuer, receiver } = await newPair();
    const { claims } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const forged = signShareToken(claims, { id: "x", secret: Buffer.alloc(32) });
    await refusalOf(importSharedSession(receiver.actor, { shareToken: forged }));
    const entries = await inTenant({ applicationId: receiver.id }, (tx) => tx.select().from(auditEntries));
    expect(entries).toEqual([]);
  });
});

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
    await setRevoked(issuer, second.id);
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

const setRevoked = (issuer: TestApplication, tokenId: string) =>
  inTenant({ applicationId: issuer.id }, (tx) =>
    tx.update(shareTokens).set({ revokedAt: new Date() }).where(eq(shareTokens.id, tokenId)),
  );

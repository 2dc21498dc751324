import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { shareTokens } from "@/db/schema";
import { shareTokenSecrets } from "../share-tokens/signing-keys";
import { digestOf, readClaims, type ShareTokenClaims, signShareToken } from "../share-tokens/token";
import { codeOf, mintFor, newApplication, newCompany, newPerson, type TestApplication } from "../testing";
import { importSharedSession } from "./import";
import { inspectShareToken } from "./inspect";

/** The token as it was before sessions had kinds (contract section 2.6): the same claims without `session_kind`. */
async function legacyToken(issuer: TestApplication, receiver: TestApplication, sessionId: string): Promise<string> {
  const { token } = await mintFor(issuer, receiver, sessionId);
  const { session_kind: _, ...older } = readClaims(token)!;
  const [secret] = await shareTokenSecrets();
  const legacy = signShareToken(older as ShareTokenClaims, secret!);
  await inTenant({ applicationId: issuer.id }, (tx) =>
    tx
      .update(shareTokens)
      .set({ digest: digestOf(legacy) })
      .where(eq(shareTokens.id, older.jti)),
  );
  return legacy;
}

describe("a token without session_kind", () => {
  it("is a person's: it lands in the default workflow for persons, and says so", async () => {
    const [issuer, receiver] = await Promise.all([newApplication(), newApplication()]);
    const { id } = await newPerson(issuer);
    const shareToken = await legacyToken(issuer, receiver, id);
    expect(await inspectShareToken(receiver.actor, { shareToken })).toMatchObject({ state: "ready", kind: "user" });
    const imported = await importSharedSession(receiver.actor, { shareToken });
    expect(imported.view.session).toMatchObject({ kind: "user", workflowId: receiver.workflows.user });
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken }))).toBe("already_imported");
  });

  it("is refused in a workflow for companies", async () => {
    const [issuer, receiver] = await Promise.all([newApplication(), newApplication()]);
    const { id } = await newPerson(issuer);
    const shareToken = await legacyToken(issuer, receiver, id);
    const input = { shareToken, workflowId: receiver.workflows.business };
    expect(await codeOf(importSharedSession(receiver.actor, input))).toBe("workflow_kind_mismatch");
  });

  it("that names a company's session finds no person", async () => {
    const [issuer, receiver] = await Promise.all([newApplication(), newApplication()]);
    const { id } = await newCompany(issuer);
    const shareToken = await legacyToken(issuer, receiver, id);
    expect(await codeOf(importSharedSession(receiver.actor, { shareToken }))).toBe("source_session_gone");
  });
});

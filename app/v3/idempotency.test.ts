import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { personDecision } from "@/domain/sessions/samples/decisions";
import { asOwner, mintFor, newKey, newPair, newPerson, type TestApplication } from "@/domain/testing";
import { apiApp } from "../api-server";

async function post(key: string, path: string, body: unknown, idempotencyKey?: string) {
  const response = await apiApp.request(path, {
    method: "POST",
    headers: {
      "x-api-key": key,
      "content-type": "application/json",
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: await response.json(),
    replayed: response.headers.get("idempotency-replayed"),
  };
}

const countOf = async (application: TestApplication, table: string) => {
  const rows = await inTenant({ applicationId: application.id }, (tx) =>
    tx.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where application_id = ${application.id}::uuid`,
    ),
  );
  return rows[0]!.n;
};

async function redeemable() {
  const { issuer, receiver } = await newPair();
  const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
  return { issuer, receiver, token, key: await newKey(receiver) };
}

const IMPORT = "/v3/session/import-shared/";

describe("a redemption under an Idempotency-Key", () => {
  it("is answered with the original 201 when it is sent again", async () => {
    const { receiver, token, key } = await redeemable();
    const first = await post(key, IMPORT, { share_token: token }, "retry-1");
    const again = await post(key, IMPORT, { share_token: token }, "retry-1");
    expect(first).toMatchObject({ status: 201, replayed: null });
    expect(again).toMatchObject({ status: 201, replayed: "true" });
    expect(again.body).toEqual(first.body);
    expect(await countOf(receiver, "sessions")).toBe(1);
  });

  it("with another body under the same key is a 422 and does nothing", async () => {
    const { receiver, token, key } = await redeemable();
    await post(key, IMPORT, { share_token: token }, "k");
    const other = await post(key, IMPORT, { share_token: token, trust_review: true }, "k");
    expect(other).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    expect(await countOf(receiver, "sessions")).toBe(1);
  });

  it("many times in the same instant gives everybody the same 201", async () => {
    const { receiver, token, key } = await redeemable();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post(key, IMPORT, { share_token: token }, "at-once")),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(201));
    expect(new Set(answers.map((answer) => answer.body.session_id)).size).toBe(1);
    expect(await countOf(receiver, "sessions")).toBe(1);
  });

  it("is replayed in both slash forms", async () => {
    const { token, key } = await redeemable();
    const first = await post(key, IMPORT, { share_token: token }, "slash");
    const again = await post(key, IMPORT.slice(0, -1), { share_token: token }, "slash");
    expect(again).toMatchObject({ status: 201, body: { session_id: first.body.session_id } });
  });

  it("is refused as already imported under another key or none", async () => {
    const { token, key } = await redeemable();
    const first = await post(key, IMPORT, { share_token: token }, "one");
    for (const other of ["two", undefined]) {
      const answer = await post(key, IMPORT, { share_token: token }, other);
      expect(answer).toMatchObject({
        status: 403,
        body: { code: "already_imported", session_id: first.body.session_id },
      });
    }
  });

  it("that was refused is tried anew: a refusal is not an answer to keep", async () => {
    const { receiver, token, key } = await redeemable();
    const body = { share_token: token, workflow_id: receiver.workflows.business };
    expect((await post(key, IMPORT, body, "again")).status).toBe(400);
    expect((await post(key, IMPORT, { share_token: token }, "again")).status).toBe(201);
  });

  it("keeps its answer sealed", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer, { fullName: "Zebedee Quux" })).id);
    const answer = await post(await newKey(receiver), IMPORT, { share_token: token }, "sealed");
    expect(JSON.stringify(answer.body)).toContain("Zebedee");
    const rows = await asOwner(
      (owner) => owner<{ text: string; bytes: Buffer }[]>`
        select t::text as text, sealed_answer as bytes from idempotency_keys t where application_id = ${receiver.id}`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.text.includes("Zebedee") || rows[0]!.bytes.includes("Zebedee")).toBe(false);
  });
});

describe("an Idempotency-Key", () => {
  it("belongs to its caller: another key's or application's same word is another", async () => {
    const { receiver, token, key } = await redeemable();
    await post(key, IMPORT, { share_token: token }, "mine");
    const sibling = await post(await newKey(receiver), IMPORT, { share_token: token }, "mine");
    expect(sibling).toMatchObject({ status: 403, body: { code: "already_imported" } });
  });

  it("belongs to its route", async () => {
    const { issuer, receiver } = await newPair();
    const key = await newKey(issuer);
    const [one, two] = [await newPerson(issuer), await newPerson(issuer)];
    const body = { for_application_id: receiver.id };
    const first = await post(key, `/v3/session/${one.id}/share/`, body, "same");
    const second = await post(key, `/v3/session/${two.id}/share/`, body, "same");
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.share_token).not.toBe(first.body.share_token);
  });

  it.each(["", "x".repeat(256)])("that is %j is refused", async (word) => {
    const { token, key } = await redeemable();
    const answer = await post(key, IMPORT, { share_token: token }, word);
    expect(answer).toMatchObject({ status: 400, body: { "Idempotency-Key": ["Use between 1 and 255 characters."] } });
  });

  it("makes minting give one token, and bringing in store one session", async () => {
    const { issuer, receiver } = await newPair();
    const key = await newKey(issuer);
    const session = await newPerson(issuer);
    const mint = () => post(key, `/v3/session/${session.id}/share/`, { for_application_id: receiver.id }, "m");
    const minted = await Promise.all([mint(), mint(), mint()]);
    expect(new Set(minted.map((answer) => answer.body.share_token)).size).toBe(1);
    expect(await countOf(issuer, "share_tokens")).toBe(1);
    const decisions = [personDecision()];
    const first = await post(key, "/v3/session/imports/", { decisions }, "b");
    const again = await post(key, "/v3/session/imports/", { decisions }, "b");
    expect(again.body).toEqual(first.body);
    expect(await countOf(issuer, "sessions")).toBe(2);
  });
});

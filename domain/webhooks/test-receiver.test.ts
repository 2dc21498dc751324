import { describe, expect, it } from "vitest";
import { apiApp } from "@/app/api-server";
import { asOwner, codeOf, newApplication, newPerson } from "../testing";
import { signatureHeaders } from "./sign";
import { addTestReceiver, readTestReceiver, setTestAnswer } from "./test-receiver";

const post = async (url: string, body: string, headers: Record<string, string>) => {
  const answer = await apiApp.request(new URL(url).pathname, { method: "POST", body, headers });
  return answer.status;
};

function message(secret: string, more: Record<string, unknown> = {}) {
  const timestamp = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ name: "Canary Personalname", timestamp, webhook_type: "status.updated", ...more });
  const headers = signatureHeaders({
    body,
    secrets: [secret],
    timestamp,
    sessionId: null,
    status: null,
    webhookType: "status.updated",
  });
  return { body, headers: { "content-type": "application/json", ...headers } };
}

describe("the test receiver", () => {
  it("shows what arrived and whether its signature verifies, and answers as it is told", async () => {
    const application = await newApplication();
    const { actor } = application;
    const { destination, secret } = await addTestReceiver(actor);
    const { url } = destination;
    const good = message(secret);
    const forged = message("x".repeat(43));
    expect(await post(url, good.body, good.headers)).toBe(200);
    await setTestAnswer(actor, { answerStatus: 503, answerDelayMs: 0 });
    expect(await post(url, forged.body, forged.headers)).toBe(503);
    const view = await readTestReceiver(actor);
    expect(view!.receipts.map(({ verdict, answered, type }) => [verdict, answered, type])).toEqual([
      ["signature_wrong", 503, "status.updated"],
      ["verified", 200, "status.updated"],
    ]);
    expect(view!.receipts[1]!.body).toBe(good.body);
    const rows = await asOwner(
      (owner) => owner`select * from webhook_test_receipts where application_id = ${application.id}`,
    );
    expect(Buffer.concat(rows.map((row) => row.sealed_body)).includes("Personalname")).toBe(false);
  });

  it("is nobody's without its address", async () => {
    const { actor, id } = await newApplication();
    const { destination, secret } = await addTestReceiver(actor);
    const { body, headers } = message(secret);
    const stranger = await newApplication();
    for (const url of [
      `${new URL(destination.url).origin}/test-receiver/${id}/${"x".repeat(32)}`,
      destination.url.replace(id, stranger.id),
      destination.url.replace(id, "no-id"),
    ])
      expect(await post(url, body, headers), url).toBe(404);
    expect((await readTestReceiver(actor))!.receipts).toEqual([]);
    expect(await readTestReceiver(stranger.actor)).toBeNull();
  });

  it("is there once, and in the sandbox only", async () => {
    const { actor } = await newApplication();
    await addTestReceiver(actor);
    expect(await codeOf(addTestReceiver(actor))).toBe("invalid_input");
    const live = await newApplication({ environment: "live" });
    expect(await codeOf(addTestReceiver(live.actor))).toBe("environment_mismatch");
  });

  it("is subscribed to whatever happens", async () => {
    const application = await newApplication();
    const { destination } = await addTestReceiver(application.actor);
    await newPerson(application);
    const rows = await asOwner(
      (owner) => owner`select type from webhook_deliveries where destination_id = ${destination.id} order by type`,
    );
    expect(rows.map(({ type }) => type)).toEqual(["status.updated", "user.data.updated"]);
  });
});

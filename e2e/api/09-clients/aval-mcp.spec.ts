import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import type { ApiDocument } from "@/lib/openapi-document";
import { operationsOf } from "@/lib/openapi-document";
import { scopedKey } from "../../accounts";
import { expect, person, test } from "../../fixtures";

// The server's own tools for agents, through the official client, on both transports.

const server = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";

interface Connected {
  client: Client;
  /** What the program said on stderr. */
  said(): string;
}

async function overHttp(key: string, headers: Record<string, string> = { "x-api-key": key }): Promise<Connected> {
  const client = new Client({ name: "spec", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server}/mcp`), { requestInit: { headers } }));
  return { client, said: () => "" };
}

async function overStdio(key: string, args: string[] = []): Promise<Connected> {
  const transport = new StdioClientTransport({
    command: "npx",
    args: ["--no-install", "aval-mcp", "--url", server, ...args],
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", AVAL_API_KEY: key },
    stderr: "pipe",
  });
  let said = "";
  transport.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const client = new Client({ name: "spec", version: "1.0.0" });
  await client.connect(transport).catch((error) => {
    throw new Error(`${error}: ${said}`);
  });
  return { client, said: () => said };
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [{ text }] = content as [{ text: string }];
  return {
    refused: isError ?? false,
    text,
    json: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : null,
  };
}

const names = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name).sort();

for (const transport of ["http", "stdio"] as const) {
  test(`§9 an agent finds a session and, allowed to write, mints and takes back, over ${transport}`, async ({
    request,
    issuer,
    receiver,
  }) => {
    const given = person();
    const sessionId = await issuer.bringIn(given);
    const { key } = await scopedKey(issuer.id, { agentWrites: true, privileges: API_KEY_PRIVILEGES });
    const { client, said } =
      transport === "http" ? await overHttp(key) : await overStdio(issuer.side.api_key, ["--allow-writes"]);
    try {
      const document = (await (await request.get("/openapi.json")).json()) as ApiDocument;
      const offered = operationsOf(document).flatMap((operation) => operation["x-mcp-tool"] ?? []);
      expect(await names(client)).toEqual(offered.sort());

      const found = await call(client, "list_sessions", { vendor_data: given.vendor_data, limit: 1 });
      expect(found.json.results).toMatchObject([{ session_id: sessionId, status: "Approved" }]);
      const minted = await call(client, "mint_share_token", {
        sessionId,
        for_application_id: receiver.id,
        ttl_in_seconds: 60,
        "Idempotency-Key": `agent-${sessionId}`,
      });
      expect(minted.refused, minted.text).toBe(false);
      expect(minted.json).toMatchObject({ for_application_id: receiver.id, session_kind: "user" });
      const again = await call(client, "mint_share_token", {
        sessionId,
        for_application_id: receiver.id,
        ttl_in_seconds: 60,
        "Idempotency-Key": `agent-${sessionId}`,
      });
      expect(again.json).toEqual(minted.json);
      const { jti } = JSON.parse(Buffer.from(minted.json.share_token.split(".")[1], "base64url").toString());
      expect((await call(client, "revoke_share_token", { shareTokenId: jti })).json).toMatchObject({
        share_token_id: jti,
      });
      expect((await receiver.redeem(minted.json.share_token)).json.code).toBe("share_token_invalid");

      const wrong = await call(client, "mint_share_token", { sessionId, for_application_id: "nobody" });
      expect(wrong).toMatchObject({ refused: true, json: { status: 400, code: "invalid_input" } });
      expect(wrong.json.for_application_id).toEqual([expect.any(String)]);
      if (transport === "stdio") {
        expect(said()).toContain("reading and writing");
        for (const secret of [issuer.side.api_key, minted.json.share_token, given.vendor_data as string])
          expect(said()).not.toContain(secret);
      }
    } finally {
      await client.close();
    }
  });

  test(`§9 an agent that was not allowed to write reads, and changes nothing, over ${transport}`, async ({
    issuer,
    receiver,
    sessionId,
  }) => {
    // The primary key may do everything over the API.
    const { client } =
      transport === "http" ? await overHttp(issuer.side.api_key) : await overStdio(issuer.side.api_key);
    try {
      const { tools } = await client.listTools();
      expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
      expect(await names(client)).not.toContain("mint_share_token");
      const decision = await call(client, "get_session_decision", { sessionId });
      expect(decision.json).toMatchObject({ session_id: sessionId, status: "Approved" });
      const refused = await call(client, "mint_share_token", { sessionId, for_application_id: receiver.id });
      expect(refused).toMatchObject({ refused: true, text: expect.stringContaining("this connection only reads") });
      const declined = await call(client, "update_session_status", { sessionId, new_status: "Declined" });
      expect(declined.refused).toBe(true);
      expect((await issuer.get(`/v3/session/${sessionId}/decision/`)).json.status).toBe("Approved");
    } finally {
      await client.close();
    }
  });
}

test("§9 over HTTP a tool passes every check of the API: limits, privileges, and other tenants' objects", async ({
  issuer,
  stranger,
  sessionId,
}) => {
  const declined = await scopedKey(issuer.id, { agentWrites: true, statuses: ["Declined"] });
  const reader = await scopedKey(issuer.id, { agentWrites: true, privileges: ["read:sessions"] });
  const foreign = await overHttp(stranger.side.api_key);
  const limited = await overHttp("", { authorization: `Bearer ${declined.key}` });
  const reading = await overHttp(reader.key);
  try {
    const missing = await call(foreign.client, "get_session_decision", {
      sessionId: "00000000-0000-4000-8000-000000000000",
    });
    expect(await call(foreign.client, "get_session_decision", { sessionId })).toEqual(missing);
    expect(missing.json).toEqual({ status: 404, detail: "Not found.", code: "not_found" });
    expect((await call(limited.client, "get_session_decision", { sessionId })).json.status).toBe(404);
    expect(await names(reading.client)).toEqual(["get_session_decision", "list_session_reviews", "list_sessions"]);
    expect((await call(reading.client, "mint_share_token", { sessionId })).text).toContain("write:sessions");
  } finally {
    await Promise.all([foreign, limited, reading].map(({ client }) => client.close()));
  }
});

test("§9 /mcp takes a message from nobody without a key, from no foreign page and under no foreign name", async ({
  request,
  issuer,
}) => {
  const send = (headers: Record<string, string>, method = "POST", data: unknown = initialize) =>
    request.fetch("/mcp", {
      method,
      data: method === "POST" ? data : undefined,
      headers: { accept: "application/json, text/event-stream", "content-type": "application/json", ...headers },
    });
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "spec", version: "1" } },
  };
  const key = { "x-api-key": issuer.side.api_key };
  const codeOf = async (answer: Awaited<ReturnType<typeof send>>) => [answer.status(), (await answer.json()).code];
  expect(await codeOf(await send({}))).toEqual([401, "unauthenticated"]);
  expect(await codeOf(await send({ "x-api-key": "x".repeat(43) }))).toEqual([401, "unauthenticated"]);
  expect(await codeOf(await send({ ...key, origin: "https://evil.example" }))).toEqual([403, "forbidden"]);
  expect(await codeOf(await send({ ...key, host: "rebound.example" }))).toEqual([403, "forbidden"]);
  expect(await codeOf(await send(key, "GET"))).toEqual([405, "method_not_allowed"]);
  expect(await codeOf(await send(key, "DELETE"))).toEqual([405, "method_not_allowed"]);

  const own = await send({ ...key, origin: new URL(server).origin });
  expect(own.status()).toBe(200);
  expect((await own.json()).result.serverInfo).toMatchObject({ name: "aval" });
  // No session is begun that only this process would know.
  expect(own.headers()).not.toHaveProperty("mcp-session-id");
  expect(own.headers()["access-control-allow-origin"]).toBeUndefined();
  const call = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  expect((await (await send(key, "POST", call)).json()).result.tools.length).toBeGreaterThan(0);
});

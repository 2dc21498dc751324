import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { ToolSchema } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { mcpServer } from "@/lib/mcp/server";
import { requestOf, type ToolRequest, toolsOf } from "@/lib/mcp/tools";
import { bodyOf, operationsOf } from "@/lib/openapi-document";
import { openApi } from "../openapi";
import { API_ROUTES } from "../v3/routes";

const document = openApi();
const tools = toolsOf(document);
const named = (name: string) => tools.find(({ tool }) => tool.name === name)!;
const id = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

describe("tools and /openapi.json", () => {
  it("are at most fifteen, each named once, each a route that is served", () => {
    expect(tools.length).toBeLessThanOrEqual(15);
    const names = tools.map(({ tool }) => tool.name);
    expect(new Set(names).size).toBe(names.length);
    const offered = API_ROUTES.filter(({ spec }) => spec.tool).map(
      ({ spec }) => `${spec.tool} ${spec.method} ${spec.path}`,
    );
    expect(tools.map(({ tool, method, path }) => `${tool.name} ${method} ${path}`).sort()).toEqual(offered.sort());
  });

  it.each(tools.map((tool) => [tool.tool.name, tool] as const))("%s says what its operation says", (_, one) => {
    const operation = operationsOf(document).find(({ operationId }) => operationId === one.operationId)!;
    const body = bodyOf(operation)?.schema;
    // A body that is no plain object could not be spread over the arguments.
    if (body) expect(body.properties).toBeDefined();
    const parameters = operation.parameters.map(({ name }) => name);
    const fields = Object.keys(body?.properties ?? {});
    expect(parameters.filter((name) => fields.includes(name))).toEqual([]);
    const { properties = {}, required = [] } = one.tool.inputSchema;
    expect(Object.keys(properties)).toEqual([...parameters, ...fields]);
    expect([...required].sort()).toEqual(
      [
        ...operation.parameters.filter((each) => each.required).map(({ name }) => name),
        ...(body?.required ?? []),
      ].sort(),
    );
    expect(one.tool.description).toContain(operation.summary);
    expect(one.tool.title).toBe(operation.summary);
    expect(ToolSchema.safeParse(one.tool).success).toBe(true);
    // Nothing of the document can be looked up from a schema that stands alone.
    expect(JSON.stringify(one.tool)).not.toContain("#/components");
    for (const [, name] of JSON.stringify(one.tool).matchAll(/#\/\$defs\/(\w+)/g))
      expect(one.tool.inputSchema.$defs).toHaveProperty(name!);
  });

  it("only read where the privilege only reads, and say so", () => {
    for (const { tool, privilege, writes, method } of tools) {
      expect(writes).toBe(!privilege.startsWith("read:"));
      expect(tool.annotations?.readOnlyHint).toBe(!writes);
      if (!writes) expect(method).toBe("GET");
    }
    expect(named("revoke_share_token").tool.annotations?.destructiveHint).toBe(true);
    expect(named("mint_share_token").tool.annotations?.destructiveHint).toBe(false);
  });
});

describe("a tool's request", () => {
  it("puts each argument where the route takes it", () => {
    expect(
      requestOf(named("mint_share_token"), {
        sessionId: id,
        for_application_id: id,
        ttl_in_seconds: 60,
        "Idempotency-Key": "k-1",
      }),
    ).toEqual({
      method: "POST",
      path: `/v3/session/${id}/share/`,
      headers: { "Idempotency-Key": "k-1", "Content-Type": "application/json" },
      body: JSON.stringify({ for_application_id: id, ttl_in_seconds: 60 }),
    });
    expect(requestOf(named("list_sessions"), { search: "Mira Q", limit: 5 }).path).toBe(
      "/v3/sessions/?search=Mira+Q&limit=5",
    );
  });

  it.each([
    ["get_session_decision", {}, /Missing argument sessionId/],
    ["get_session_decision", { sessionId: id, path: "/v3/users/" }, /Unknown argument path/],
    ["get_session_decision", { sessionId: ".." }, /path/],
    ["get_session_decision", { sessionId: "." }, /path/],
    ["get_session_decision", { sessionId: "" }, /sessionId/],
    ["get_session_decision", { sessionId: { a: 1 } }, /sessionId/],
    ["get_session_decision", { __proto__: null, constructor: 1 }, /Unknown argument constructor/],
    ["mint_share_token", { sessionId: id, "Idempotency-Key": "a\r\nx-api-key: other" }, /printable/],
  ])("%s refuses %j", (name, given, message) => {
    expect(() => requestOf(named(name), given as Record<string, unknown>)).toThrow(message);
  });

  it("cannot leave its path through what stands in it", () => {
    const { path } = requestOf(named("get_session_decision"), { sessionId: "../../users/?x#y/%2e%2e" });
    expect(new URL(path, "http://localhost").pathname).toMatch(/^\/v3\/session\/[^/]+\/decision\/$/);
  });
});

async function connected(writes: boolean, privileges?: Set<string>, status = 200, text = "{}") {
  const sent: ToolRequest[] = [];
  const server = mcpServer({
    version: "1",
    tools,
    writes,
    howToAllowWrites: "Ask.",
    ...(privileges && { privileges }),
    send: async (request) => {
      sent.push(request);
      return { status, text };
    },
  });
  const client = new Client({ name: "test", version: "1" });
  const [one, other] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(one), client.connect(other)]);
  const names = (await client.listTools()).tools.map(({ name }) => name);
  return { client, sent, names };
}

describe("the server", () => {
  it("offers and does nothing that writes unless it was allowed", async () => {
    const reading = await connected(false);
    expect(reading.names).toEqual(tools.filter(({ writes }) => !writes).map(({ tool }) => tool.name));
    const answer = await reading.client.callTool({ name: "mint_share_token", arguments: { sessionId: id } });
    expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/only reads\. Ask\./) }] });
    expect(reading.sent).toEqual([]);
    expect((await connected(true)).names).toEqual(tools.map(({ tool }) => tool.name));
  });

  it("does not offer what the key may not do", async () => {
    const { names, client, sent } = await connected(true, new Set(["read:sessions"]));
    expect(names.sort()).toEqual(["get_session_decision", "list_session_reviews", "list_sessions"]);
    const answer = await client.callTool({ name: "list_users" });
    expect(answer).toMatchObject({ isError: true, content: [{ text: "list_users needs a key with read:users." }] });
    expect(sent).toEqual([]);
  });

  it("passes a refusal on with its status and code", async () => {
    const { client } = await connected(false, undefined, 404, '{"detail":"Not found.","code":"not_found"}');
    const answer = await client.callTool({ name: "get_session_decision", arguments: { sessionId: id } });
    expect(answer.isError).toBe(true);
    expect(JSON.parse((answer.content as [{ text: string }])[0].text)).toEqual({
      status: 404,
      detail: "Not found.",
      code: "not_found",
    });
    await expect(client.callTool({ name: "drop_everything" })).rejects.toThrow(/no such tool/);
  });
});

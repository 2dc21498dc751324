import { randomUUID } from "node:crypto";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { identifyApiKey } from "@/domain/access/api-keys";
import { DomainError } from "@/domain/errors";
import { env } from "@/env";
import { json } from "@/lib/answer";
import { MAX_BODY_BYTES, readBytes } from "@/lib/body";
import { addressOf, unauthenticated } from "@/lib/identify";
import { log } from "@/lib/log";
import { isForUs } from "@/lib/mcp/guard";
import { mcpServer } from "@/lib/mcp/server";
import { type ApiTool, type ToolRequest, toolsOf } from "@/lib/mcp/tools";
import { problemOf, unexpectedProblem } from "@/lib/problem";
import { callerOf, countRequest } from "@/lib/rate-limit";
import { openApi } from "../openapi";

let tools: readonly ApiTool[] | undefined;

/**
 * Streamable HTTP, without sessions: each message stands alone, so any process can answer any of them. A tool is a request
 * to the API with the same key, and passes all of its checks.
 */
export async function answerMcp(request: Request, send: (request: Request) => Promise<Response>): Promise<Response> {
  const requestId = randomUUID();
  try {
    return await answer(request, requestId, send);
  } catch (error) {
    if (!(error instanceof DomainError)) log().error({ requestId, path: "/mcp", err: error });
    const problem = error instanceof DomainError ? problemOf(error) : unexpectedProblem(requestId);
    return json(problem.status, problem.body, requestId, problem.headers);
  }
}

async function answer(
  request: Request,
  requestId: string,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { publicUrl, HOST, PORT } = env();
  const { headers } = request;
  if (!isForUs({ host: headers.get("host"), origin: headers.get("origin") }, { publicUrl, host: HOST, port: PORT }))
    throw new DomainError("forbidden", "This server is not known by that name, or is not for pages of that origin.");
  if (request.method !== "POST") {
    // Nothing is sent unasked, and there is no session to end.
    const problem = problemOf(new DomainError("method_not_allowed", `Method "${request.method}" not allowed.`));
    return json(problem.status, problem.body, requestId, { Allow: "POST" });
  }
  const key = keyOf(headers);
  const actor = key ? await identifyApiKey(key, addressOf(request)) : null;
  if (!key || !actor) {
    await countRequest(`address:${addressOf(request) ?? ""}`, ["generic-write"]);
    throw unauthenticated();
  }
  await countRequest(callerOf(actor), ["generic-get"]);
  const body = await readBytes(request, MAX_BODY_BYTES);

  tools ??= toolsOf(openApi());
  const server = mcpServer({
    version: openApi().info.version,
    tools,
    writes: actor.agentWrites ?? false,
    howToAllowWrites:
      "Whoever manages the application's API keys may allow agents to write with a scoped key, under Settings, API keys.",
    privileges: actor.privileges,
    send: async (call) => {
      const response = await send(toRequest(call, request, key));
      return { status: response.status, text: await response.text() };
    },
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    const response = await transport.handleRequest(
      new Request(request.url, { method: "POST", headers, body: new Uint8Array(body) }),
    );
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Request-Id", requestId);
    return response;
  } finally {
    await server.close();
  }
}

/** As the API takes it, or as clients send it that only know bearer tokens. */
function keyOf(headers: Headers): string | undefined {
  const [, bearer] = /^bearer\s+(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "") ?? [];
  return headers.get("x-api-key")?.trim() || bearer;
}

/** From the same address, whatever proxies said of it: a key may be limited to some. */
function toRequest({ method, path, headers, body }: ToolRequest, from: Request, key: string): Request {
  const forwarded = from.headers.get("x-forwarded-for");
  return new Request(new URL(path, from.url), {
    method,
    headers: { ...headers, "x-api-key": key, ...(forwarded && { "x-forwarded-for": forwarded }) },
    ...(body !== undefined && { body }),
  });
}

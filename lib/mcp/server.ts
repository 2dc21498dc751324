import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { type ApiTool, requestOf, ToolInputRefused, type ToolRequest } from "./tools";

export interface ToolAnswer {
  status: number;
  text: string;
}

export interface McpSettings {
  version: string;
  tools: readonly ApiTool[];
  /** Whether tools that change something are offered at all. */
  writes: boolean;
  /** One sentence for the agent, and through it for the person, on how writing is allowed. */
  howToAllowWrites: string;
  /** Of the key, where they are known: what it may not do is not offered. */
  privileges?: ReadonlySet<string>;
  /** Carries a request to the API, with the key. */
  send(request: ToolRequest): Promise<ToolAnswer>;
}

/**
 * The same server on every transport. It keeps nothing between messages, and it logs nothing: what passes through are
 * people's records.
 */
export function mcpServer({ version, tools, writes, howToAllowWrites, privileges, send }: McpSettings): Server {
  const offered = tools.filter((tool) => (writes || !tool.writes) && (privileges?.has(tool.privilege) ?? true));
  const server = new Server(
    { name: "aval", title: "Aval", version },
    {
      capabilities: { tools: {} },
      instructions:
        "Aval shares finished KYC and KYB verifications between companies. An issuer finds a finished session and mints a " +
        "one-time token for one application; the receiver redeems it into a session of its own. Answers hold personal " +
        "data: repeat only what was asked for. Refusals carry a stable `code`. " +
        (writes ? "This connection may change things." : `This connection only reads. ${howToAllowWrites}`),
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offered.map(({ tool }) => tool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const known = tools.find(({ tool }) => tool.name === params.name);
    if (!known) throw new McpError(ErrorCode.InvalidParams, "There is no such tool.");
    if (known.writes && !writes)
      return refused(`${params.name} changes something, and this connection only reads. ${howToAllowWrites}`);
    if (!offered.includes(known)) return refused(`${params.name} needs a key with ${known.privilege}.`);
    let request: ToolRequest;
    try {
      request = requestOf(known, params.arguments ?? {});
    } catch (error) {
      if (error instanceof ToolInputRefused) return refused(error.message);
      throw error;
    }
    const { status, text } = await send(request);
    if (status < 400) return { content: [{ type: "text", text }] };
    return refused(withStatus(status, text));
  });
  return server;
}

const refused = (text: string): CallToolResult => ({ content: [{ type: "text", text }], isError: true });

function withStatus(status: number, text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return JSON.stringify(Array.isArray(body) ? { status, errors: body } : { status, ...(body as object) });
  } catch {
    return JSON.stringify({ status });
  }
}

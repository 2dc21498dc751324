import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { ApiDocument } from "../openapi-document";
import { mcpServer } from "./server";
import { toolsOf } from "./tools";

const DEADLINE_MS = 60_000;

/**
 * The tools of the Aval server at `base`, made of the document that this very server serves, over stdin and stdout.
 * Stdout belongs to the protocol; what is said on stderr never holds the key or anything of an answer.
 */
export async function serveStdio(given: { base: string; key: string; writes: boolean }): Promise<void> {
  const { base, key, writes } = given;
  const document = await fetchDocument(base);
  const tools = toolsOf(document);
  const server = mcpServer({
    version: document.info.version,
    tools,
    writes,
    howToAllowWrites: "Whoever runs it may start it with --allow-writes.",
    async send({ method, path, headers, body }) {
      const response = await fetch(base + path, {
        method,
        headers: { ...headers, "x-api-key": key, accept: "application/json" },
        body,
        // A redirect would carry the key to wherever it points.
        redirect: "manual",
        signal: AbortSignal.timeout(DEADLINE_MS),
      }).catch(() => {
        throw new Error(`${base} did not answer.`);
      });
      return {
        status: response.status < 300 || response.status >= 400 ? response.status : 502,
        text: await response.text(),
      };
    },
  });
  await server.connect(new StdioServerTransport());
  const count = tools.filter((tool) => writes || !tool.writes).length;
  process.stderr.write(`Aval at ${base}: ${count} tools, ${writes ? "reading and writing" : "reading only"}.\n`);
}

async function fetchDocument(base: string): Promise<ApiDocument> {
  const response = await fetch(`${base}/openapi.json`, {
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(() => undefined);
  if (!response?.ok)
    throw new Error(`${base}/openapi.json ${response ? `answered ${response.status}` : "did not answer"}.`);
  return (await response.json()) as ApiDocument;
}

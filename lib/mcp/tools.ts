import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import {
  type ApiDocument,
  type ApiOperation,
  bodyOf,
  isWrite,
  type LocatedOperation,
  operationsOf,
  refusalsOf,
} from "../openapi-document";
import type { JsonSchema } from "../openapi-example";

/** A route that agents may be offered, as a tool: everything about it is the route's own definition. */
export interface ApiTool {
  tool: Tool;
  operationId: string;
  method: string;
  path: string;
  privilege: string;
  writes: boolean;
  /** Where each argument goes in the request. */
  places: Record<string, "path" | "query" | "header" | "body">;
  required: string[];
}

export interface ToolRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The arguments do not make a request. The sentence is for the agent. */
export class ToolInputRefused extends Error {}

/** The tools of a document: its operations that have a tool's name, in their order, reading before writing. */
export function toolsOf(document: Pick<ApiDocument, "paths" | "components">): ApiTool[] {
  return operationsOf(document)
    .filter((operation) => operation["x-mcp-tool"])
    .map((operation) => toolOf(operation, document.components.schemas))
    .sort((a, b) => Number(a.writes) - Number(b.writes));
}

function toolOf(operation: LocatedOperation, schemas: Record<string, JsonSchema>): ApiTool {
  const writes = isWrite(operation);
  const { schema: body } = bodyOf(operation) ?? {};
  const parameters = operation.parameters.map(({ name, in: place, required, description, schema }) => ({
    name,
    place,
    required: required ?? false,
    schema: { ...schema, ...(description && { description }) },
  }));
  const fields = Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
    name,
    place: "body" as const,
    required: body?.required?.includes(name) ?? false,
    schema,
  }));
  const all = [...parameters, ...fields];
  const required = all.filter((one) => one.required).map(({ name }) => name);
  const inputSchema = withDefinitions(
    {
      type: "object",
      properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    schemas,
  );
  return {
    tool: {
      name: operation["x-mcp-tool"]!,
      title: operation.summary,
      description: describe(operation),
      inputSchema: inputSchema as Tool["inputSchema"],
      annotations: {
        title: operation.summary,
        readOnlyHint: !writes,
        destructiveHint: operation["x-destructive"] ?? false,
        idempotentHint: !writes,
        openWorldHint: false,
      },
    },
    operationId: operation.operationId,
    method: operation.method,
    path: operation.path,
    privilege: operation["x-privilege"] ?? "",
    writes,
    places: Object.fromEntries(all.map(({ name, place }) => [name, place])),
    required,
  };
}

/** Refusals that every route has tell an agent nothing about this one. */
const COMMON = new Set([
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "invalid_input",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_key_reused",
]);

function describe(operation: ApiOperation): string {
  const refusals = refusalsOf(operation)
    .filter(({ code }) => !COMMON.has(code))
    .map(({ code, status }) => `${code} (${status})`);
  return [
    `${operation.summary}.`,
    operation.description,
    `Needs ${operation["x-privilege"]}.`,
    refusals.length > 0 && `Refusals: ${refusals.join(", ")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const REFERENCE = "#/components/schemas/";

/** A tool's schema stands alone: what it refers to in the document goes with it. */
function withDefinitions(schema: JsonSchema, schemas: Record<string, JsonSchema>): JsonSchema {
  const names = new Set<string>();
  const collect = (text: string) => {
    for (const [, name = ""] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (names.has(name)) continue;
      names.add(name);
      collect(JSON.stringify(schemas[name] ?? {}));
    }
  };
  collect(JSON.stringify(schema));
  const whole =
    names.size === 0
      ? schema
      : { ...schema, $defs: Object.fromEntries([...names].map((name) => [name, schemas[name]])) };
  return JSON.parse(JSON.stringify(whole).replaceAll(REFERENCE, "#/$defs/")) as JsonSchema;
}

/**
 * The request that a tool's arguments stand for. Values are checked by the API itself, which names the field.
 * @throws ToolInputRefused
 */
export function requestOf({ method, path, places, required }: ApiTool, given: Record<string, unknown>): ToolRequest {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(places, name));
  if (unknown.length > 0)
    throw new ToolInputRefused(
      `Unknown argument ${unknown.join(", ")}. This tool takes ${Object.keys(places).join(", ") || "none"}.`,
    );
  const missing = required.filter((name) => given[name] === undefined || given[name] === null);
  if (missing.length > 0) throw new ToolInputRefused(`Missing argument ${missing.join(", ")}.`);

  const at = (place: string) => Object.entries(given).filter(([name]) => places[name] === place);
  let target = path;
  for (const [name, value] of at("path")) target = target.replace(`{${name}}`, encodeURIComponent(text(name, value)));
  // "." and ".." survive the encoding, and would make another path of this one.
  if (new URL(target, "http://localhost").pathname !== target)
    throw new ToolInputRefused("An argument of the path may not be . or .. or empty.");

  const query = new URLSearchParams();
  for (const [name, value] of at("query"))
    if (value !== undefined && value !== null) query.set(name, text(name, value));
  const headers: Record<string, string> = {};
  for (const [name, value] of at("header")) {
    if (value === undefined || value === null) continue;
    if (!/^[\x20-\x7e]*$/.test(text(name, value))) throw new ToolInputRefused(`${name} may only hold printable ASCII.`);
    headers[name] = text(name, value);
  }
  const takesBody = Object.values(places).includes("body");
  return {
    method,
    path: query.size > 0 ? `${target}?${query}` : target,
    headers: { ...headers, ...(takesBody && { "Content-Type": "application/json" }) },
    ...(takesBody && { body: JSON.stringify(Object.fromEntries(at("body"))) }),
  };
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && (value !== "" || name === "search")) return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new ToolInputRefused(`${name} has to be text that is not empty, a number or a boolean.`);
}

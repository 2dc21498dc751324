import type { JsonSchema } from "./openapi-example";

/** What `lib/openapi.ts` writes, as those read it who show it, call it or make tools of it. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
  };
}

export interface ApiParameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface ApiMedia {
  schema: JsonSchema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

export interface ApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: ApiParameter[];
  requestBody?: { required: boolean; content: Record<string, ApiMedia> };
  responses: Record<
    string,
    { description: string; headers?: Record<string, { $ref: string }>; content?: Record<string, ApiMedia> }
  >;
  "x-privilege"?: string;
  "x-destructive"?: boolean;
  /** Of a body; one that is longer is a 413. */
  "x-max-body-bytes"?: number;
  "x-mcp-tool"?: string;
}

export interface LocatedOperation extends ApiOperation {
  method: string;
  path: string;
}

export const operationsOf = (document: Pick<ApiDocument, "paths">): LocatedOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

export const bodyOf = (operation: ApiOperation): ApiMedia | undefined =>
  operation.requestBody?.content["application/json"];

export const isWrite = (operation: ApiOperation): boolean => !operation["x-privilege"]?.startsWith("read:");

/** Status and machine code of every refusal that an operation documents. */
export const refusalsOf = (operation: ApiOperation): { status: number; code: string; example: unknown }[] =>
  Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.entries(content?.["application/json"]?.examples ?? {}).map(([code, { value }]) => ({
      status: Number(status),
      code,
      example: value,
    })),
  );

import { z } from "zod";
import { DomainError, type ErrorCode } from "@/domain/errors";
import { type AccountRoute, accountErrorsOf } from "./account-route";
import { MAX_BODY_BYTES } from "./body";
import { exampleOf, type JsonSchema } from "./openapi-example";
import { HTTP_STATUS, problemOf } from "./problem";
import { type ApiRoute, errorsOf, type ReplySpec, repliesOf } from "./route";

type Json = Record<string, unknown>;

interface Operation {
  method: string;
  path: string;
  summary: string;
  description?: string;
  tag: string;
  security: Json[];
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  replies: readonly ReplySpec[];
  errors: ErrorCode[];
  idempotent: boolean;
  refusesInLists?: boolean;
  maxBodyBytes?: number;
  privilege?: string;
  tool?: string;
  /** Of the body, where what a schema suggests would not be accepted. */
  example?: unknown;
}

const TAGS: Record<string, { name: string; description: string }> = {
  session: { name: "Sessions", description: "Verifications of people (KYC) and companies (KYB)." },
  sessions: { name: "Sessions", description: "" },
  "share-tokens": { name: "Share tokens", description: "Our own: looking into tokens, and taking them back." },
  webhook: { name: "Webhooks", description: "Destinations, deliveries, and the tail." },
  workflows: { name: "Workflows", description: "The steps that a session is made of." },
  questionnaires: { name: "Questionnaires", description: "Forms that workflows ask." },
  users: { name: "Users", description: "People, joined by `vendor_data`." },
  businesses: { name: "Businesses", description: "Companies, joined by `vendor_data`." },
  lists: { name: "Lists", description: "What is looked for on import and when a session finishes." },
  blocklist: { name: "Lists", description: "" },
  billing: { name: "Billing", description: "Balance and usage." },
};
const ACCOUNTS = { name: "Accounts", description: "People, organisations, applications and keys (`/auth/v2`)." };

/** What cannot be taken back: asked about before it is tried out, and said to agents. */
const isDestructive = ({ method, path }: Pick<Operation, "method" | "path">) =>
  method === "DELETE" || /\/(delete|remove|revoke)\/$/.test(path);

const SHARING = /\/(share|import-shared)\/$/;
const SHARE_TAG = { name: "Sharing", description: "Minting a token, and redeeming it." };

/** The OpenAPI 3.1 document of exactly the routes that are served: their own specifications, and nothing beside them. */
export function openApiDocument(
  routes: readonly ApiRoute[],
  accountRoutes: readonly AccountRoute[],
  server: { url: string; version: string },
): Json {
  const operations = [...routes.map(ofRoute), ...accountRoutes.map(ofAccountRoute)];
  const named: Named = {};
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: toOperation(operation, named),
    };
  }
  const used = new Set(operations.map(({ tag }) => tag));
  const known = [SHARE_TAG, ...Object.values(TAGS), ACCOUNTS];
  return {
    openapi: "3.1.0",
    info: {
      title: "Aval",
      version: server.version,
      summary: "Verify once, stand behind it, hand it over.",
      description: DESCRIPTION,
      license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    },
    servers: [{ url: server.url, description: "This server" }],
    tags: [...used].map((name) => ({
      name,
      description: known.find((tag) => tag.name === name && tag.description)?.description ?? name,
    })),
    security: [{ apiKey: [] }, { accessToken: [] }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "x-api-key", description: "The key of one application." },
        accessToken: { type: "http", scheme: "bearer", description: "A member's token, from `/auth/v2`." },
      },
      headers: HEADERS,
      schemas: {
        Problem: PROBLEM,
        ...Object.fromEntries(Object.entries(named).map(([name, { $comment: _, ...schema }]) => [name, schema])),
      },
    },
  };
}

const DESCRIPTION = `An issuer picks a finished session and mints a one-time token; the named receiver redeems it and owns a
full clone with an audit trail to the original. Paths are served with and without the slash at their end.`;

const PROBLEM = {
  type: "object",
  description:
    "`detail`, or field names to lists of messages; always the stable machine `code`. Clients never need the text.",
  required: ["code"],
  properties: {
    code: { type: "string", description: "Stable; see each answer for those it may have." },
    detail: { type: "string" },
  },
  additionalProperties: true,
};

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };

/** By the name that the document refers to them by. Those that an answer refers to are always on it. */
const HEADERS = {
  "X-Request-Id": { description: "Names this request in the server's log.", schema: { ...text, format: "uuid" } },
  "X-Error-Code": { description: "The machine code, also where the body has no room for it.", schema: text },
  "X-RateLimit-Limit": { description: "Requests in 60 seconds, in the scope with the least left.", schema: count },
  "X-RateLimit-Remaining": { description: "How many of them are left.", schema: count },
  "X-RateLimit-Reset": { description: "Epoch second in which more are there.", schema: count },
  "Retry-After": { description: "Seconds.", schema: { ...count, minimum: 1 } },
  "WWW-Authenticate": { description: "How to show who is asking.", schema: text },
  "Content-Disposition": { description: "The name of the file.", schema: text },
};

const headers = (...names: (keyof typeof HEADERS)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
const ALWAYS = ["X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"] as const;

function ofRoute({ spec }: ApiRoute): Operation {
  const [, , segment = ""] = spec.path.split("/");
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    description: spec.description,
    tag: SHARING.test(spec.path) ? SHARE_TAG.name : (TAGS[segment]?.name ?? segment),
    security: [{ apiKey: [] }, { accessToken: [] }],
    params: spec.params,
    query: spec.query,
    body: spec.body,
    replies: repliesOf(spec),
    errors: errorsOf(spec),
    idempotent: spec.idempotent ?? false,
    refusesInLists: spec.refusesInLists,
    maxBodyBytes: spec.maxBodyBytes,
    privilege: spec.privilege,
    tool: spec.tool,
    example: spec.bodyExample,
  };
}

function ofAccountRoute({ spec }: AccountRoute): Operation {
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    description: spec.description,
    tag: ACCOUNTS.name,
    security: spec.caller === "person" ? [{ accessToken: [] }] : [],
    params: spec.params,
    body: spec.body,
    replies: [spec.responds],
    errors: accountErrorsOf(spec),
    idempotent: false,
  };
}

function toOperation(operation: Operation, named: Named): Json {
  return {
    operationId: operationIdOf(operation),
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    tags: [operation.tag],
    security: operation.security,
    ...(operation.privilege && { "x-privilege": operation.privilege }),
    ...(operation.tool && { "x-mcp-tool": operation.tool }),
    ...(isDestructive(operation) && { "x-destructive": true }),
    ...(operation.body && { "x-max-body-bytes": operation.maxBodyBytes ?? MAX_BODY_BYTES }),
    parameters: [
      ...parametersOf(operation.params, "path", named),
      ...parametersOf(operation.query, "query", named),
      ...(operation.idempotent ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(operation.body && {
      requestBody: {
        required: !operation.body.safeParse({}).success,
        content: { "application/json": contentOf(operation.body, "input", named, operation.example) },
      },
    }),
    responses: responsesOf(operation, named),
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description: "A retry with the same key and body gets the first answer again, for 24 hours.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

/** `post_session_share`: what is called, in the order of the path, without its parameters unless they are last. */
export function operationIdOf({ method, path }: Pick<Operation, "method" | "path">): string {
  const segments = path
    .replace(/^\/(v3|auth\/v2)\//, "")
    .split("/")
    .filter(Boolean);
  const words = segments.map((segment) =>
    segment.startsWith("{") ? `by_${segment.slice(1, -1).replace(/([A-Z])/g, "_$1")}` : segment,
  );
  return [method, ...words].join("_").replaceAll("-", "_").toLowerCase();
}

/** Schemas that refer to themselves, by the name they are given in the document. */
type Named = Record<string, JsonSchema>;

function schemaOf(schema: z.ZodType, io: "input" | "output", named: Named): JsonSchema {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    reused: "inline",
    cycles: "ref",
  }) as JsonSchema & { $schema?: string };
  let text = JSON.stringify(rest);
  for (const [local, definition] of Object.entries($defs)) {
    const refersToItself = JSON.stringify(definition);
    const [known] = Object.entries(named).find(([, one]) => one.$comment === refersToItself) ?? [];
    const name = known ?? `Recursive${Object.keys(named).length + 1}`;
    const point = (json: string) => json.replaceAll(`#/$defs/${local}`, `#/components/schemas/${name}`);
    named[name] ??= { ...JSON.parse(point(refersToItself)), $comment: refersToItself };
    text = point(text);
  }
  return JSON.parse(text) as JsonSchema;
}

function contentOf(schema: z.ZodType, io: "input" | "output", named: Named, given?: unknown): Json {
  const json = schemaOf(schema, io, named);
  return { schema: json, example: given ?? exampleOf(json, named) };
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query", named: Named): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input", named);
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description && { description }),
    schema: Object.keys(property).length > 0 ? property : { type: "string" },
  }));
}

function responsesOf({ replies, errors, body, refusesInLists }: Operation, named: Named): Json {
  const hasCode = body !== undefined && Object.hasOwn(schemaOf(body, "input", named).properties ?? {}, "code");
  const bodiesOf400 = [PROBLEM_REF, ...(refusesInLists ? [LIST_OF_MESSAGES] : []), ...(hasCode ? [FIELD_CODE] : [])];
  const responses: Record<string, Json> = {};
  for (const reply of replies) {
    responses[reply.status] = {
      description: reply.description,
      headers: headers(...ALWAYS, ...(reply.contentType ? (["Content-Disposition"] as const) : [])),
      ...((reply.schema || reply.contentType) && {
        content: {
          ...(reply.schema && { "application/json": contentOf(reply.schema, "output", named) }),
          ...(reply.contentType && {
            [reply.contentType]: { schema: { type: "string", contentMediaType: reply.contentType } },
          }),
        },
      }),
    };
  }
  // Node 20 has no Map.groupBy.
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errors) byStatus.set(HTTP_STATUS[code], [...(byStatus.get(HTTP_STATUS[code]) ?? []), code]);
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[status] ??= {
      description: codes.map((code) => `\`${code}\``).join(", "),
      headers: headers(
        ...ALWAYS,
        "X-Error-Code",
        ...(status === 401 ? (["WWW-Authenticate"] as const) : []),
        ...(status === 429 ? (["Retry-After"] as const) : []),
      ),
      content: {
        "application/json": {
          schema: status === 400 && bodiesOf400.length > 1 ? { anyOf: bodiesOf400 } : PROBLEM_REF,
          examples: Object.fromEntries(codes.map((code) => [code, { value: problemOf(exampleRefusal(code)).body }])),
        },
      },
    };
  }
  return responses;
}

const PROBLEM_REF = { $ref: "#/components/schemas/Problem" };
/** Where a field is called `code` itself, the machine code is in the header alone. */
const FIELD_CODE = {
  type: "object",
  required: ["code"],
  properties: { code: { type: "array", items: text } },
  additionalProperties: true,
};
const LIST_OF_MESSAGES = { type: "array", items: text, description: "A fault between fields." };

function exampleRefusal(code: ErrorCode): DomainError {
  if (code === "invalid_input")
    return new DomainError(code, "The request is not valid.", { fields: { field_name: ["This field is required."] } });
  return new DomainError(code, SENTENCES[code] ?? code);
}

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Authentication credentials were not provided or are invalid.",
  forbidden: "You do not have permission to perform this action.",
  not_found: "Not found.",
  rate_limited: "Request was throttled. Expected available in 12 seconds.",
  share_token_invalid: "Share token is invalid or has expired.",
  share_token_wrong_application: "This share token is not intended for your application.",
  already_imported: "This session has already been imported.",
  refused_by_policy: "Your policy for this partner refuses this session. The token has not been used up.",
  partner_paused: "Sharing between these two applications is paused.",
  partner_ended: "Sharing between these two applications has ended.",
  agreement_required:
    "No agreement between these two applications is in force, and one is required. Nothing was used up.",
  outside_agreement:
    "The agreement between these two applications does not allow this; a mint names the field. Nothing was used up.",
  onward_sharing_forbidden: "The session came under an agreement that does not allow sharing it further.",
  session_not_finished: "Only finished sessions (Approved, Declined, In Review) can be shared.",
  source_session_gone: "Original session not found.",
  workflow_not_found: "Workflow not found.",
  environment_mismatch: "Sandbox and live never mix: this session comes from the other environment.",
  payload_too_large: "The body may have at most 1048576 bytes.",
  unsupported_media_type: 'Unsupported media type "text/plain" in request.',
  idempotency_key_reused: "This Idempotency-Key was used with another request.",
};

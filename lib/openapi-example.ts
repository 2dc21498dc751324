/** What of JSON Schema the documents of this program use. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  example?: unknown;
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  pattern?: string;
  maxLength?: number;
  multipleOf?: number;
  $ref?: string;
  $comment?: string;
  $defs?: Record<string, JsonSchema>;
}

const BY_FORMAT: Record<string, string> = {
  uuid: "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11",
  "date-time": "2026-11-24T12:00:00Z",
  date: "2026-11-24",
  uri: "https://hooks.example.com/aval",
  email: "mira@mail.example",
  ipv4: "192.0.2.7",
  ipv6: "2001:db8::7",
};

/** Names whose value tells a reader more than "string" does; most are the contract's own. */
const BY_NAME: Record<string, unknown> = {
  share_token: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzZXNzaW9uX2lkIjoi4oCmIn0.dGhlIHNpZ25hdHVyZSBnb2VzIGhlcmU",
  url: "https://hooks.example.com/aval",
  vendor_data: "partner-user-0042",
  secret_shared_key: "gJ8yB1cD9kX3mQ7wZ0aV5nR2tL6pF4sH-uYeOiKjWxE",
  label: "Ledger",
  country: "ESP",
  status: "Approved",
  created_at: "2026-11-24T12:00:00Z",
  updated_at: "2026-11-24T12:00:00Z",
  webhook_type: "status.updated",
  email: "mira@mail.example",
  password: "Correct-horse-7",
  comment: "The address on the bill is the one on the card.",
};

/** Tried where a pattern rules the rest out. */
const BY_PATTERN = [
  "ESP",
  "ES",
  "es",
  "+34600111222",
  "192.0.2.7",
  "2001:db8::7",
  "2026-11-24",
  "12:00",
  "100000",
  "a-1",
];

type Definitions = Record<string, JsonSchema>;

/**
 * An example that the schema accepts: given ones and defaults first, then what name and format suggest.
 * @returns undefined when none is known, and then the property is left out where it may be
 */
export function exampleOf(schema: JsonSchema, definitions: Definitions = {}): unknown {
  return example(schema, "", 0, definitions);
}

function example(schema: JsonSchema, name: string, depth: number, definitions: Definitions): unknown {
  if (schema.examples && schema.examples.length > 0) return schema.examples[0];
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum && schema.enum.length > 0) return schema.enum[0];
  if (schema.$ref) {
    const named = definitions[schema.$ref.split("/").at(-1) ?? ""];
    return named && depth < DEEPEST ? example(named, name, depth + 1, definitions) : undefined;
  }
  const options = schema.anyOf ?? schema.oneOf;
  if (options) {
    for (const option of options.filter(({ type }) => type !== "null")) {
      const found = example(option, name, depth, definitions);
      if (found !== undefined) return found;
    }
    return options.some(({ type }) => type === "null") ? null : undefined;
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => example(one, name, depth, definitions)));
  const [type] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (type === "object" || schema.properties) return objectExample(schema, depth, definitions);
  if (type === "array") return arrayExample(schema, name, depth, definitions);
  if (type === "integer" || type === "number") return numberExample(schema);
  if (type === "boolean") return true;
  if (type === "null") return null;
  if (type === "string") return textExample(schema, name);
  return BY_NAME[name] ?? {};
}

const DEEPEST = 6;

function objectExample(schema: JsonSchema, depth: number, definitions: Definitions): Record<string, unknown> {
  if (depth > DEEPEST) return {};
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .map(([name, inner]) => [name, example(inner, name, depth + 1, definitions)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function arrayExample(schema: JsonSchema, name: string, depth: number, definitions: Definitions): unknown {
  if (schema.prefixItems) return schema.prefixItems.map((one) => example(one, name, depth + 1, definitions));
  if (depth > DEEPEST || typeof schema.items !== "object") return schema.minItems ? undefined : [];
  const item = example(schema.items, name.replace(/s$/, ""), depth + 1, definitions);
  if (item === undefined) return schema.minItems ? undefined : [];
  return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => item);
}

function numberExample({ minimum, exclusiveMinimum, maximum, multipleOf = 1 }: JsonSchema): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + multipleOf);
  const sensible = Math.max(least ?? 1, 1);
  return Math.min(sensible, maximum ?? sensible);
}

function textExample({ format, minLength = 0, maxLength = Infinity, pattern }: JsonSchema, name: string) {
  const suits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, "u").test(text));
  const byFormat = format && BY_FORMAT[format];
  // A known name says nothing of a format: what looks like a link has to be one.
  const candidates = format ? [byFormat] : [BY_NAME[name], "text"];
  for (const candidate of [...candidates, ...BY_PATTERN])
    if (typeof candidate === "string" && suits(candidate)) return candidate;
  const padded = "x".repeat(Math.max(minLength, 1));
  return suits(padded) ? padded : undefined;
}

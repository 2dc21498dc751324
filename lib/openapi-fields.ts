import type { ApiDocument, ApiOperation } from "./openapi-document";
import type { JsonSchema } from "./openapi-example";

export interface Field {
  name: string;
  /** In words: `uuid`, `integer, 60 to 86400`, `list of string`. */
  type: string;
  required: boolean;
  description?: string;
  values?: string[];
  default?: unknown;
  /** Of an object, or of a list of them. */
  fields: Field[];
}

type Schemas = ApiDocument["components"]["schemas"];

const DEEPEST = 4;

/** What a schema is made of, for people and programs that read on. */
export function fieldsOf(schema: JsonSchema | undefined, schemas: Schemas, depth = 0): Field[] {
  if (!schema || depth > DEEPEST) return [];
  const own = plain(schema, schemas);
  if (own.items && typeof own.items === "object") return fieldsOf(own.items, schemas, depth);
  return Object.entries(own.properties ?? {}).map(([name, one]) => fieldOf(name, one, own.required, schemas, depth));
}

export function fieldOf(
  name: string,
  schema: JsonSchema,
  required: readonly string[] | undefined,
  schemas: Schemas,
  depth = 0,
): Field {
  const own = plain(schema, schemas);
  const values = own.enum ?? (typeof own.items === "object" ? own.items.enum : undefined);
  const description = schema.description ?? own.description;
  return {
    name,
    type: typeOf(schema, schemas),
    required: required?.includes(name) ?? false,
    ...(description && { description }),
    ...(values && { values: values.map(String) }),
    ...(schema.default !== undefined && { default: schema.default }),
    fields: fieldsOf(own, schemas, depth + 1),
  };
}

const optionsOf = (schema: JsonSchema) => (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");

/** Without the reference to it, and without the choice of null: what there is to describe. */
function plain(schema: JsonSchema, schemas: Schemas): JsonSchema {
  if (schema.$ref) return schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {};
  const options = optionsOf(schema);
  return options.length === 1 ? plain(options[0]!, schemas) : schema;
}

export function typeOf(schema: JsonSchema, schemas: Schemas, depth = 0): string {
  if (schema.$ref)
    return schema.$ref.includes("/Recursive") ? "any JSON" : (schema.$ref.split("/").at(-1) ?? "any JSON");
  const either = schema.anyOf ?? schema.oneOf;
  if (either) {
    const words = [...new Set(either.map((one) => typeOf(one, schemas, depth + 1)))];
    return words.join(" or ");
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type }, schemas, depth + 1)).join(" or ");
  }
  const { type } = schema;
  if (type === "array") {
    const of =
      typeof schema.items === "object" && depth < DEEPEST ? typeOf(schema.items, schemas, depth + 1) : "any JSON";
    return `list of ${of}`;
  }
  if (type === "integer" || type === "number") return type + rangeOf(schema);
  if (type === "string") return (schema.format ?? "string") + lengthOf(schema);
  return type ?? (schema.properties ? "object" : "any JSON");
}

/** Numbers that only say what fits a double are no bounds worth telling. */
const told = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;

function rangeOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least = told(minimum);
  const above = told(exclusiveMinimum);
  const most = told(maximum);
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  if (least !== undefined) return `, at least ${least}`;
  if (above !== undefined) return `, above ${above}${most === undefined ? "" : `, at most ${most}`}`;
  return most === undefined ? "" : `, at most ${most}`;
}

function lengthOf({ maxLength, format }: JsonSchema): string {
  return maxLength === undefined || format ? "" : `, at most ${maxLength} characters`;
}

/** The one answer of success with a JSON body; none for files and empty answers. */
export function answerOf(
  operation: ApiOperation,
): { status: number; schema: JsonSchema; example: unknown } | undefined {
  for (const [status, { content }] of Object.entries(operation.responses)) {
    const json = content?.["application/json"];
    if (Number(status) < 300 && json) return { status: Number(status), schema: json.schema, example: json.example };
  }
  return undefined;
}
